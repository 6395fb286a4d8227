package dev.offload.process;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.WorkerSpec;
import dev.offload.spi.ClassPathStamp;
import dev.offload.spi.OffloadVersion;
import dev.offload.spi.WorkerLaunch;
import dev.offload.spi.WorkerLauncher;
import dev.offload.spi.WorkerProcess;

/**
 * Starts workers as JVMs like this one: of the same Java, with the same classes, wherever
 * these come from (a class path of any length, an executable archive of Spring Boot, a
 * servlet container), and with a few of its options and environment variables. Safe for
 * use by many threads.
 *
 * <p>
 * Executable archives are unpacked once into a cache directory, and found there by the
 * next start and by other services.
 */
public final class JvmWorkerLauncher implements WorkerLauncher {

	private static final Logger logger = LoggerFactory.getLogger(JvmWorkerLauncher.class);

	private final Class<?> anchor;

	private final Path cacheDirectory;

	private final @Nullable ControlGroup group;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by lock. */
	private @Nullable StampedPlan plan;

	/** Guarded by lock: whether the control group was looked at. */
	private boolean groupChecked;

	/**
	 * Creates one for the classes that this JVM was started with, with a cache directory
	 * below {@code java.io.tmpdir}.
	 */
	public JvmWorkerLauncher() {
		this(JvmWorkerLauncher.class, UnpackedArchives.defaultDirectory());
	}

	/**
	 * Creates one.
	 * @param anchor a class that workers need: its class loader says where classes come
	 * from
	 * @param cacheDirectory where executable archives are unpacked; only this user must
	 * be able to write to it
	 */
	public JvmWorkerLauncher(Class<?> anchor, Path cacheDirectory) {
		this(anchor, cacheDirectory, ControlGroup.own());
	}

	JvmWorkerLauncher(Class<?> anchor, Path cacheDirectory, @Nullable ControlGroup group) {
		this.anchor = anchor;
		this.cacheDirectory = cacheDirectory;
		this.group = group;
	}

	/**
	 * {@inheritDoc} Remembers size and time of each jar and archive: none of them may be
	 * replaced until the end of this service.
	 */
	@Override
	public void prepare() {
		this.lock.lock();
		try {
			warnOfGroup();
			plan();
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Workers cannot be started, which the first start will tell", ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * {@inheritDoc} This is a native image, or a class loader does not tell where its
	 * classes are.
	 */
	@Override
	public @Nullable String obstacle() {
		try {
			LaunchPlan.detect(this.anchor);
			return null;
		}
		catch (IOException ex) {
			return ex.getMessage();
		}
	}

	// Only with the lock.
	private void warnOfGroup() {
		if (this.groupChecked) {
			return;
		}
		this.groupChecked = true;
		Path file = (this.group != null) ? this.group.endedAsAWhole() : null;
		if (file != null) {
			logger.warn("{} is 1: when the memory is used up the kernel ends the service with all of its workers, not "
					+ "one worker. In Kubernetes singleProcessOOMKill: true in the kubelet's configuration changes that",
					file);
		}
	}

	/**
	 * {@inheritDoc}
	 * @throws IOException if the settings name a program, a directory or an option that
	 * cannot be used, or if this JVM was started in a way that no other can follow
	 */
	@Override
	public WorkerProcess launch(WorkerLaunch launch) throws IOException {
		Path java = java(launch);
		Path directory = directory(launch);
		OutputRoute output = new OutputRoute(launch);
		checkWritable(launch, "worker.heap-dumps", launch.worker().heapDumps());
		checkWritable(launch, "worker.log-directory", output.directory());
		String id = UUID.randomUUID().toString();
		ProcessBuilder builder = new ProcessBuilder();
		List<String> classPath = classPath();
		String fingerprint = OffloadVersion.current() + " " + ClassPathStamp.of(classPath).digest();
		try {
			prepare(builder, launch, java, id, classPath);
		}
		catch (IllegalArgumentException ex) {
			throw failure(launch, ex.getMessage(), ex);
		}
		builder.directory(directory.toFile());
		output.redirect(builder);
		Process process = start(builder, launch);
		JvmWorkerProcess worker = new JvmWorkerProcess(launch, process, id, fingerprint,
				new OutputPump(process.getInputStream(), launch.redactor(), output.target(process)));
		worker.start();
		giveToken(process, launch.token());
		return worker;
	}

	private void prepare(ProcessBuilder builder, WorkerLaunch launch, Path java, String id, List<String> classPath)
			throws IOException {
		WorkerSpec settings = launch.worker();
		List<String> inherited = JvmOptions.inherit(ManagementFactory.getRuntimeMXBean().getInputArguments(),
				settings.context());
		WorkerCommand command = new WorkerCommand(launch, classPath, inherited);
		Path argumentFile = launch.directory().resolve("java.args");
		ArgumentFile.write(argumentFile, command.arguments());
		builder.command(command.words(java, argumentFile));
		Map<String, String> environment = builder.environment();
		environment.clear();
		environment.putAll(WorkerVariables.of(System.getenv(), settings.environment(), id));
	}

	private List<String> classPath() throws IOException {
		this.lock.lock();
		try {
			StampedPlan known = plan();
			known.check();
			List<String> classPath = new UnpackedArchives(this.cacheDirectory).classPath(known.plan());
			// An archive that was replaced meanwhile may have been unpacked.
			known.check();
			return classPath;
		}
		finally {
			this.lock.unlock();
		}
	}

	// Only with the lock.
	private StampedPlan plan() throws IOException {
		StampedPlan known = this.plan;
		if (known == null) {
			known = StampedPlan.of(LaunchPlan.detect(this.anchor));
			this.plan = known;
		}
		return known;
	}

	private static Path java(WorkerLaunch launch) throws IOException {
		Path bin = Path.of(System.getProperty("java.home"), "bin");
		Path java = bin.resolve(Files.exists(bin.resolve("java.exe")) ? "java.exe" : "java");
		if (!Files.isExecutable(java)) {
			throw failure(launch, "there is no program " + java + ", the java of this JVM's java.home. "
					+ "Run the service on a Java that has it", null);
		}
		return java;
	}

	private static Path directory(WorkerLaunch launch) throws IOException {
		String directory = launch.worker().directory();
		Path path = Path.of((directory != null) ? directory : "").toAbsolutePath();
		if (!Files.isDirectory(path)) {
			throw failure(launch, "worker.directory " + path + " is not a directory. Create it, or name another one",
					null);
		}
		return path;
	}

	private static void checkWritable(WorkerLaunch launch, String setting, @Nullable String directory)
			throws IOException {
		if (directory == null) {
			return;
		}
		Path path = Path.of(directory).toAbsolutePath();
		if (!Files.isDirectory(path) || !Files.isWritable(path)) {
			throw failure(launch,
					setting + " " + path + " is not a directory that can be written to. Create it, or name another one",
					null);
		}
	}

	private static Process start(ProcessBuilder builder, WorkerLaunch launch) throws IOException {
		try {
			return builder.start();
		}
		catch (IOException ex) {
			throw failure(launch, ex.getMessage() + hint(launch, String.valueOf(ex.getMessage())), ex);
		}
	}

	private static String hint(WorkerLaunch launch, String reason) {
		if (reason.contains("Too many open files")) {
			return ". Raise the service's limit of open files, as by ulimit -n, or find what it does not close";
		}
		return launch.worker().launcherPrefix().isEmpty() ? "" : ". Check worker.launcher-prefix";
	}

	private static void giveToken(Process process, String token) {
		try {
			OutputStream input = process.getOutputStream();
			input.write((token + "\n").getBytes(StandardCharsets.UTF_8));
			input.flush();
		}
		catch (IOException ex) {
			// It has died already, and its end tells why.
		}
	}

	private static IOException failure(WorkerLaunch launch, @Nullable String reason, @Nullable Throwable cause) {
		return new IOException("Cannot start " + launch + ": " + reason, cause);
	}

}
