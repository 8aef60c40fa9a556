/** Points in time and spans as feeds and users write them. */
package org.intelmq.text.time;
