import { html, useState } from '../core/html.js';
import { useLive } from '../core/live.js';
import { Progress } from '../ui/progress.js';

/** How far applying a draft is: the server makes one change of the configuration at a time. */
export function Applying() {
  const [job, setJob] = useState(null);
  useLive('job', (told) => { if (told.what.startsWith('apply')) setJob(told.state === 'running' ? told : null); });
  return job && html`<${Progress} job=${job} />`;
}
