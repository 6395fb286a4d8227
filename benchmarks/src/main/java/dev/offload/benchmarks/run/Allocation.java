package dev.offload.benchmarks.run;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

import com.sun.management.ThreadMXBean;

/**
 * How much heap the threads of this JVM have allocated.
 */
public final class Allocation {

	private Allocation() {
	}

	/**
	 * What all threads that live have allocated since they were started.
	 * @return bytes
	 */
	public static long bytes() {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
			.filter((bytes) -> bytes > 0)
			.sum();
	}

}
