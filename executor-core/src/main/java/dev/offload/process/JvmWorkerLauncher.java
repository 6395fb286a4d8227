package dev.offload.process;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.WorkerLogging;
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
 * next start and by other services. So are the start-up caches that trained workers
 * leave.
 */
public final class JvmWorkerLauncher implements WorkerLauncher {

	private static final Logger logger = LoggerFactory.getLogger(JvmWorkerLauncher.class);

	private final Class<?> anchor;

	private final Path cacheDirectory;

	private final @Nullable ControlGroup group;

	private final StartupCaching startup;

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
	 * @param cacheDirectory where executable archives are unpacked and start-up caches
	 * are kept; only this user must be able to write to it
	 */
	public JvmWorkerLauncher(Class<?> anchor, Path cacheDirectory) {
		this(anchor, cacheDirectory, ControlGroup.own());
	}

	JvmWorkerLauncher(Class<?> anchor, Path cacheDirectory, @Nullable ControlGroup group) {
		this.anchor = anchor;
		this.cacheDirectory = cacheDirectory;
		this.group = group;
		this.startup = new StartupCaching(cacheDirectory, group);
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
		Classes classes = classes();
		WorkerCommand command = command(launch, classes);
		StartupCacheUse use = this.startup.use(launch, options(launch, command), classes.files());
		return new ProcessStart(launch, command, classes.fingerprint()).start(use.options(), use);
	}

	/**
	 * {@inheritDoc} What it prints goes nowhere.
	 */
	@Override
	public @Nullable WorkerProcess train(WorkerLaunch launch) throws IOException {
		Classes classes = classes();
		WorkerCommand command = command(launch, classes);
		StartupCacheMaking making = this.startup.make(launch, options(launch, command), classes.files());
		if (making == null) {
			return null;
		}
		try {
			WorkerLaunch quiet = launch
				.withWorker(launch.worker().toBuilder().logging(WorkerLogging.OFF).logDirectory(null).build());
			WorkerProcess process = new ProcessStart(quiet, command, classes.fingerprint()).start(making.options(),
					StartupCacheUse.NONE);
			var unused = process.onEnd().thenAccept(making::ended);
			return process;
		}
		catch (IOException | RuntimeException | Error ex) {
			making.failed();
			throw ex;
		}
	}

	private static WorkerCommand command(WorkerLaunch launch, Classes classes) {
		return new WorkerCommand(launch, classes.path(), JvmOptions
			.inherit(ManagementFactory.getRuntimeMXBean().getInputArguments(), launch.worker().context()));
	}

	private static List<String> options(WorkerLaunch launch, WorkerCommand command) throws IOException {
		try {
			return command.options();
		}
		catch (IllegalArgumentException ex) {
			throw ProcessStart.failure(launch, ex.getMessage(), ex);
		}
	}

	private Classes classes() throws IOException {
		this.lock.lock();
		try {
			StampedPlan known = plan();
			known.check();
			List<String> classPath = new UnpackedArchives(this.cacheDirectory).classPath(known.plan());
			// An archive that was replaced meanwhile may have been unpacked.
			known.check();
			return new Classes(classPath, known.paths());
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

	/**
	 * Where the classes of workers are.
	 *
	 * @param path the class path
	 * @param sources what it was made from, with what manifests add to it
	 */
	private record Classes(List<String> path, Set<String> sources) {

		String fingerprint() {
			return OffloadVersion.current() + " " + ClassPathStamp.of(this.path).digest();
		}

		Set<String> files() {
			Set<String> files = new LinkedHashSet<>(this.path);
			files.addAll(this.sources);
			return files;
		}

	}

}
