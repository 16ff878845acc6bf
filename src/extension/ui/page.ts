/** The HTML around the pages that draw results: scripts by nonce only, and nothing from outside the extension. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

export function pageOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')] };
}

/** @param page the name of its script and style sheet, and of its main element */
export function pageHtml(webview: vscode.Webview, extensionUri: vscode.Uri, page: 'panel' | 'latents-view' | 'study-page' = 'panel'): string {
  const nonce = randomBytes(18).toString('base64url');
  const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'unsafe-inline'`, // the toolkit writes style elements
    `img-src ${webview.cspSource} data: blob:`,
    `font-src ${webview.cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Latent Lens</title>
<link rel="stylesheet" href="${file(`${page}.css`)}">
</head>
<body data-page="${page}">
<main id="${page}"></main>
<script nonce="${nonce}" src="${file(`${page}.js`)}"></script>
</body>
</html>
`;
}
