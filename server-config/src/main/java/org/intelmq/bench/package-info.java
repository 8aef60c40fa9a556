/** Benchmarks of the distribution, with the workloads on which IntelMQ was measured. */
package org.intelmq.bench;
