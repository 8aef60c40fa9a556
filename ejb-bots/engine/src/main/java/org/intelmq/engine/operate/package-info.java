/** Which bots run and when they take messages: start, stop, pause, hold. Knows nothing of deliveries. */
package org.intelmq.engine.operate;
