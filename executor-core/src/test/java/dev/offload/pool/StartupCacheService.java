package dev.offload.pool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

import org.awaitility.Awaitility;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.StartupCache;
import dev.offload.WorkerSpec;
import dev.offload.process.JvmWorkerLauncher;

/**
 * A service whose classes lie in jars only. Arguments: the directory of start-up caches,
 * what it does, and a jar of its class path. It prints what its workers started from.
 */
public final class StartupCacheService {

	private final Path caches;

	private StartupCacheService(Path caches) {
		this.caches = caches;
	}

	public static void main(String[] arguments) throws Exception {
		StartupCacheService service = new StartupCacheService(Path.of(arguments[0]));
		switch (arguments[1]) {
			case "make" -> service.make();
			case "break" -> service.makeAgain(Path.of(arguments[2]));
			default -> throw new IllegalArgumentException(arguments[1]);
		}
	}

	private void make() throws Exception {
		ProcessExecutorFactory factory = factory();
		System.out.println("FIRST " + startedFromCache(factory, true));
		System.out.println("NEXT " + startedFromCache(factory, false));
		System.out.println("OFF " + startedFromCache(factory, StartupCache.OFF, List.of(), false));
		System.out.println(
				"OWN " + startedFromCache(factory, StartupCache.AUTO, List.of("-XX:SharedArchiveFile=own.jsa"), false));
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> readers().isEmpty());
		System.out.println("NOBODY READS");
	}

	// Of workers, those that were trained included.
	private static List<String> readers() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.matches("pool-\\d+-(control|slot-\\d+|log)"))
			.toList();
	}

	private void makeAgain(Path jar) throws Exception {
		Path made = cache();
		try (RandomAccessFile file = new RandomAccessFile(made.toFile(), "rw")) {
			file.seek(file.length() / 2);
			file.write(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 });
		}
		System.out.println("BROKEN " + startedFromCache(factory(), true));
		System.out.println("MENDED " + startedFromCache(factory(), false));
		replaceByForeign(cache());
		ProcessExecutorFactory factory = factory();
		System.out.println("FOREIGN " + startedFromCache(factory, true));
		System.out.println("MENDED AGAIN " + startedFromCache(factory, false));
		Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000_000_000L));
		System.out.println("OTHER CLASSES " + startedFromCache(factory(), false));
	}

	// One that is as it was written, and yet none for this JVM.
	private static void replaceByForeign(Path file) throws IOException {
		byte[] bytes = new byte[1024 * 1024];
		CRC32C checksum = new CRC32C();
		checksum.update(bytes);
		Files.delete(file);
		String name = file.getFileName().toString();
		Files.write(file.resolveSibling(
				name.substring(0, name.lastIndexOf('-') + 1) + Long.toHexString(checksum.getValue()) + ".cache"),
				bytes);
	}

	// What a service that has just been started does.
	private ProcessExecutorFactory factory() {
		return ProcessExecutorFactory.builder()
			.launcher(new JvmWorkerLauncher(StartupCacheService.class, this.caches))
			.trainingDelay(Duration.ZERO)
			.applicationPackages("dev.offload")
			.build();
	}

	private boolean startedFromCache(ProcessExecutorFactory factory, boolean awaitMaking) throws Exception {
		return startedFromCache(factory, StartupCache.AUTO, List.of(), awaitMaking);
	}

	private boolean startedFromCache(ProcessExecutorFactory factory, StartupCache cache, List<String> jvmArgs,
			boolean awaitMaking) throws Exception {
		WorkerSpec worker = WorkerSpec.builder()
			.heapBytes(64L * 1024 * 1024)
			.jvmArgs(jvmArgs)
			.startupCache(cache)
			.build();
		try (OffloadExecutor executor = factory
			.create(ExecutorSpec.builder("pool").maxWorkers(1).worker(worker).build())) {
			executor.call(Faults::pid);
			if (awaitMaking) {
				Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !files().isEmpty());
			}
			return executor.snapshot().workers().get(0).startedFromCache();
		}
	}

	private Path cache() throws IOException {
		return files().get(0);
	}

	private List<Path> files() throws IOException {
		if (!Files.exists(this.caches)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(this.caches)) {
			return files.filter((file) -> file.toString().endsWith(".cache")).toList();
		}
	}

}
