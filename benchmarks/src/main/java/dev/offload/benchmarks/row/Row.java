package dev.offload.benchmarks.row;

import org.HdrHistogram.Histogram;
import org.slf4j.LoggerFactory;

import dev.offload.ExecutorSpec;
import dev.offload.benchmarks.run.JavaCommand;

/**
 * A group of figures that are measured in one JVM of their own.
 */
public interface Row {

	/**
	 * The name by which it is selected.
	 * @return one word
	 */
	String name();

	/**
	 * The class path of its JVM: nothing but what it uses, for each worker has it too.
	 * @return the class path
	 */
	default String classPath() {
		return JavaCommand.classPath(JavaCommand.class, ExecutorSpec.class, LoggerFactory.class, Histogram.class);
	}

	/**
	 * Measures.
	 * @param sheet the settings, and where the figures go
	 * @throws Exception if something could not be measured
	 */
	void measure(Sheet sheet) throws Exception;

}
