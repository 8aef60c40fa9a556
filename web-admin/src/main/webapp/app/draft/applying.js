import { html, useState } from '../core/html.js';
import { useLive } from '../core/live.js';
import { Progress } from '../ui/progress.js';

/** @import { Job } from '../core/types.js' */

/** How far applying a draft is: the server makes one change of the configuration at a time. */
export function Applying() {
  const [job, setJob] = useState(/** @type {Job | null} */ (null));
  useLive('job', (told) => { if (told.what.startsWith('apply')) setJob(told.state === 'running' ? told : null); });
  return job && html`<${Progress} job=${job} />`;
}
