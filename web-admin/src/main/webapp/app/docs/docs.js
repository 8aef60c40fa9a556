// Swagger UI hands the page text that it has made of Markdown. Only these elements, without attributes, become markup.
const OTHER_MARKUP = /<(?!\/?(?:p|em|strong|code|pre|ul|ol|li|br|blockquote)>)/gi;
/** With what types of a browser's window do not have yet, or a script before has put there. @type {any} */
const page = window;
page.trustedTypes?.createPolicy('default', { createHTML: (/** @type {string} */ text) => text.replace(OTHER_MARKUP, '&lt;') });

// as the console is shown
const theme = localStorage.getItem('intelmq.theme') ?? 'system';
const isDark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.classList.toggle('dark-mode', isDark);

/** Changes are asked as whoever is logged in at the console, or by the token given under "Authorize". @param {{method?: string, headers: Record<string, string>}} asked */
async function withProof(asked) {
  if (asked.method === 'GET' || !asked.method || asked.headers.Authorization) return asked;
  const answer = await fetch('/api/v1/session');
  const { csrf } = answer.ok ? await answer.json() : {};
  if (csrf) asked.headers['X-CSRF-Token'] = csrf;
  return asked;
}

page.SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  domNode: document.getElementById('app'),
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  filter: true,
  deepLinking: true,
  validatorUrl: null,
  showMutatedRequest: false,
  requestInterceptor: withProof,
});
