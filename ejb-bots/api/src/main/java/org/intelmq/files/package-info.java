/** Files and streams with limits: files that are private to their owner, streams that end at a maximum size. */
package org.intelmq.files;
