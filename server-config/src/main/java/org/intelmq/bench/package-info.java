/** Benchmarks of the distribution, on the work that IntelMQ was measured on. */
package org.intelmq.bench;
