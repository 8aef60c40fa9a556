/** Which bots run and when they take messages: start, stop, pause, hold. It knows nothing of deliveries. */
package org.intelmq.engine.operate;
