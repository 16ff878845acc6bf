// Stands in for native-watchdog, which needs a C++ compiler: ends the extension host when the editor's server is gone.
// The original watches from a thread of its own, so that it also works while the extension host is busy.
exports.start = (parent) => {
  setInterval(() => {
    try {
      process.kill(parent, 0);
    } catch (error) {
      if (error.code === 'ESRCH') process.exit(87);
    }
  }, 1000).unref();
};
