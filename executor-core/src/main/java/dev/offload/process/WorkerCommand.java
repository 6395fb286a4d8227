package dev.offload.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.offload.WorkerContext;
import dev.offload.WorkerLogging;
import dev.offload.WorkerSpec;
import dev.offload.spi.WorkerLaunch;

/**
 * The command line of a worker: a pure function of what to start and how this JVM was
 * started.
 *
 * <p>
 * The options of {@code worker.jvm-args} come after the others and win over them, but not
 * over those which make a worker die at once when it has to and say why it died. An
 * attempt to change these is an error.
 */
final class WorkerCommand {

	/** The last arguments: the class path in two words, the main class. */
	private static final int CLASSES = 3;

	private static final long MEGABYTE = 1024 * 1024;

	/**
	 * Up to this heap, and on one processor, the serial collector needs the least memory
	 * and starts fastest.
	 */
	private static final long SERIAL_HEAP_BYTES = 512 * MEGABYTE;

	private static final long INITIAL_HEAP_BYTES = 64 * MEGABYTE;

	/** Options whose value may be a word of its own. */
	private static final Set<String> WITH_VALUE = Set.of("--add-opens", "--add-exports", "--add-reads", "--add-modules",
			"--limit-modules", "--enable-native-access", "--enable-final-field-mutation", "--module-path", "-p",
			"--upgrade-module-path", "--patch-module");

	private static final List<String> REFUSED = List.of("-XX:-ExitOnOutOfMemoryError", "-XX:-UseCountedLoopSafepoints",
			"-XX:LoopStripMiningIter=", "-XX:ErrorFile=", "-Doffload.worker.", "-Djava.class.path", "-cp", "-classpath",
			"--class-path", "-jar", "-m", "--module=", "@");

	private final WorkerLaunch launch;

	private final List<String> classPath;

	private final List<String> inherited;

	/**
	 * Creates one.
	 * @param launch what to start
	 * @param classPath the class path
	 * @param inherited the options that it inherits
	 */
	WorkerCommand(WorkerLaunch launch, List<String> classPath, List<String> inherited) {
		this.launch = launch;
		this.classPath = List.copyOf(classPath);
		this.inherited = List.copyOf(inherited);
	}

	/**
	 * All options of the JVM but its class path.
	 * @return the options
	 * @throws IllegalArgumentException if {@code worker.jvm-args} has one that it must
	 * not have
	 */
	List<String> options() {
		List<String> options = arguments(List.of());
		return options.subList(0, options.size() - CLASSES);
	}

	/**
	 * The words of the command.
	 * @param java the {@code java} program
	 * @param argumentFile the file that holds the {@link #arguments()}
	 * @return the words
	 */
	List<String> words(Path java, Path argumentFile) {
		List<String> words = new ArrayList<>(this.launch.worker().launcherPrefix());
		words.add(java.toString());
		words.add("@" + argumentFile);
		return words;
	}

	/**
	 * The arguments of the {@code java} program.
	 * @return the arguments
	 * @throws IllegalArgumentException if {@code worker.jvm-args} has an option that it
	 * must not have
	 */
	List<String> arguments() {
		return arguments(List.of());
	}

	/**
	 * The arguments of the {@code java} program.
	 * @param startup what its start-up cache needs; {@code worker.jvm-args} win over it
	 * @return the arguments
	 * @throws IllegalArgumentException if {@code worker.jvm-args} has an option that it
	 * must not have
	 */
	List<String> arguments(List<String> startup) {
		checkJvmArgs(this.launch.executor(), this.launch.worker().jvmArgs());
		List<String> arguments = new ArrayList<>(this.inherited);
		arguments.addAll(defaults());
		arguments.addAll(startup);
		arguments.addAll(this.launch.worker().jvmArgs());
		arguments.addAll(fixed());
		arguments.add("-cp");
		arguments.add(String.join(File.pathSeparator, this.classPath));
		arguments.add(this.launch.mainClass());
		return arguments;
	}

	private List<String> defaults() {
		WorkerSpec worker = this.launch.worker();
		List<String> options = new ArrayList<>();
		addShare(options);
		if (worker.heapDumps() != null) {
			options.add("-XX:+HeapDumpOnOutOfMemoryError");
			options.add("-XX:HeapDumpPath=" + Path.of(worker.heapDumps()).toAbsolutePath());
		}
		options.add("-XX:-CreateCoredumpOnCrash");
		// Its file would stay behind in the temporary directory when the worker is
		// killed.
		options.add("-XX:-UsePerfData");
		options.add("-Djava.awt.headless=true");
		// Which of the two counts depends on the Java version.
		options.add("-Dstdout.encoding=UTF-8");
		options.add("-Dstderr.encoding=UTF-8");
		options.add("-Dsun.stdout.encoding=UTF-8");
		options.add("-Dsun.stderr.encoding=UTF-8");
		if (worker.context() != WorkerContext.NONE) {
			options.add("-Dspring.devtools.restart.enabled=false");
		}
		return options;
	}

	private void addShare(List<String> options) {
		Long heap = this.launch.share().heapBytes();
		Integer processors = this.launch.share().processors();
		if (heap != null) {
			options.add("-Xmx" + heap);
			options.add("-Xms" + Math.min(heap, INITIAL_HEAP_BYTES));
		}
		if (processors != null) {
			options.add("-XX:ActiveProcessorCount=" + processors);
		}
		boolean small = (heap != null && heap <= SERIAL_HEAP_BYTES) || (processors != null && processors == 1);
		if (small && this.launch.worker().jvmArgs().stream().noneMatch(WorkerCommand::isCollector)) {
			options.add("-XX:+UseSerialGC");
			// A task that needs a large heap comes again: what a full collection gives
			// back to the system would have to be got from there and cleared each time.
			options.add("-XX:MaxHeapFreeRatio=100");
		}
	}

	private List<String> fixed() {
		List<String> options = new ArrayList<>();
		options.add("-XX:+ExitOnOutOfMemoryError");
		// The end of a JVM waits until each thread has reached a safepoint. Not all
		// collectors have them in counted loops by default, and one in each round would
		// make loops slow.
		options.add("-XX:+UseCountedLoopSafepoints");
		options.add("-XX:LoopStripMiningIter=1000");
		options.add("-XX:ErrorFile=" + this.launch.directory().resolve("hs_err_%p.log"));
		options.add("-Doffload.worker.socket=" + this.launch.socket());
		options.add("-Doffload.worker.executor=" + this.launch.executor());
		options.add("-Doffload.worker.number=" + this.launch.number());
		if (this.launch.worker().logging() == WorkerLogging.FORWARD) {
			options.add("-Doffload.worker.forward-log=true");
		}
		return options;
	}

	// Throws an IllegalArgumentException if one must not be there.
	static void checkJvmArgs(String executor, List<String> jvmArgs) {
		String previous = "";
		for (String option : jvmArgs) {
			boolean word = !option.startsWith("-") && !WITH_VALUE.contains(previous);
			if (word || isRefused(option)) {
				throw new IllegalArgumentException("worker.jvm-args of executor '" + executor + "' must not have '"
						+ option + "': " + reason(option) + ". Remove it");
			}
			previous = option;
		}
	}

	private static boolean isRefused(String option) {
		return REFUSED.stream()
			.anyMatch((refused) -> endsInMiddle(refused) ? option.startsWith(refused) : option.equals(refused));
	}

	private static boolean endsInMiddle(String refused) {
		return refused.endsWith("=") || refused.endsWith(".") || refused.equals("@");
	}

	private static String reason(String option) {
		if (!option.startsWith("-")) {
			return "it is no option of a JVM";
		}
		if (option.startsWith("-XX:")) {
			return "workers need it as it is, to end at once when they have to and to say why they died";
		}
		return "the class path, the main class and the properties offload.worker.* are set for each worker";
	}

	private static boolean isCollector(String option) {
		return option.matches("-XX:\\+Use\\w+GC");
	}

}
