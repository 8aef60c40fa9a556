import { html, useEffect, useState } from '../core/html.js';
import { get } from '../core/api.js';
import { useLost } from '../core/connection.js';
import { useLive } from '../core/live.js';
import { t } from '../core/texts.js';
import { count } from '../core/format.js';
import { Progress } from '../ui/progress.js';
import { tell, toast } from '../ui/toast.js';

/** @import { Job as Work } from '../core/types.js' */

/** Long work: how far it is, and a way to stop it. @param {{job: Work, onEnd: (job: Work) => void}} properties */
export function Job({ job, onEnd }) {
  const [now, setNow] = useState(job);
  const isLost = useLost();
  // the answer to a question may be older than what was told meanwhile: what has ended stays so
  const learn = (/** @type {Work} */ told) => setNow((known) => (known.ended ? known : told));
  useLive('job', (told) => { if (told.id === job.id) learn(told); });
  useEffect(() => {
    if (isLost) return;
    get(`jobs/${job.id}`).then(learn, (error) => {
      tell(error);
      // a server that was started again knows no jobs of before
      if (error.status === 404) onEnd(now);
    });
  }, [job.id, isLost]);
  useEffect(() => {
    if (now.state === 'running' || now.state === 'waiting') return;
    if (now.error) tell(new Error(now.error));
    else toast(t(`job.${now.state}`, { what: now.what, done: count(now.done) }));
    onEnd(now);
  }, [now.state]);
  return html`<${Progress} job=${now} />`;
}
