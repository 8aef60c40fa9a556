/** YAML as IntelMQ understands it, read into plain values and changed without losing comments. */
package org.intelmq.yaml;
