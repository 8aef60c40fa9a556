import { html, useEffect, useState } from '../core/html.js';
import { get } from '../core/api.js';
import { useLive } from '../core/live.js';
import { t } from '../core/texts.js';
import { count } from '../core/format.js';
import { Progress } from '../ui/progress.js';
import { tell, toast } from '../ui/toast.js';

/** @import { Job as Work } from '../core/types.js' */

/** Long work: how far it is, and a way to stop it. @param {{job: Work, onEnd: (job: Work) => void}} properties */
export function Job({ job, onEnd }) {
  const [now, setNow] = useState(job);
  useLive('job', (told) => { if (told.id === job.id) setNow(told); });
  useEffect(() => { get(`jobs/${job.id}`).then(setNow, tell); }, [job.id]);
  useEffect(() => {
    if (now.state === 'running' || now.state === 'waiting') return;
    if (now.error) tell(new Error(now.error));
    else toast(t(`job.${now.state}`, { what: now.what, done: count(now.done) }));
    onEnd(now);
  }, [now.state]);
  return html`<${Progress} job=${now} />`;
}
