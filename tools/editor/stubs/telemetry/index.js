// Stands in for @microsoft/1ds-core-js and 1ds-post-js, with which VS Code sends telemetry: these send nothing.
export class AppInsightsCore {
  initialize() {}
  addTelemetryInitializer() {}
  track() {}
  unload() {}
}

export class PostChannel {
  identifier = 'PostChannel';
}
