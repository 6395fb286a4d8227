package dev.offload.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.StartupCache;
import dev.offload.WorkerSpec;
import dev.offload.spi.WorkerLaunch;

/**
 * Decides which workers of a launcher start with a start-up cache, and when one is to be
 * made. A cache that a JVM does not take, or dies of, is removed and made anew once. Safe
 * for use by many threads.
 */
final class StartupCaching {

	private static final Logger logger = LoggerFactory.getLogger(StartupCaching.class);

	/** The first, and one more if that was no good. */
	private static final int MAX_MADE = 2;

	private final StartupCaches caches;

	private final @Nullable StartupCacheKind kind;

	private final @Nullable ControlGroup group;

	/** How many were made here, or could not be, by key. */
	private final Map<String, Integer> made = new ConcurrentHashMap<>();

	/** What was told of caches that there cannot be; each once. */
	private final Set<String> told = ConcurrentHashMap.newKeySet();

	StartupCaching(Path directory, @Nullable ControlGroup group) {
		this(directory, StartupCacheKind.of(System.getProperty("java.vm.name", ""), Runtime.version().feature()),
				group);
	}

	StartupCaching(Path directory, @Nullable StartupCacheKind kind, @Nullable ControlGroup group) {
		this.caches = new StartupCaches(directory);
		this.kind = kind;
		this.group = group;
	}

	/**
	 * How a worker is to start.
	 * @param launch the worker
	 * @param options its options
	 * @param classPath its class path
	 * @return its use of a cache
	 */
	StartupCacheUse use(WorkerLaunch launch, List<String> options, Collection<String> classPath) {
		StartupCacheKind known = this.kind;
		if (known == null || obstacle(launch.worker(), options, classPath) != null) {
			return StartupCacheUse.NONE;
		}
		String key = StartupCacheKey.of(launch.worker(), options, classPath);
		try {
			Path file = this.caches.find(key);
			return (file != null) ? new StartupCacheUse(known, file, launch.directory().resolve("startup-cache.log"),
					(reason) -> refused(launch, file, reason)) : StartupCacheUse.NONE;
		}
		catch (IOException | RuntimeException ex) {
			tell(launch, "Executor '{}': workers start without a start-up cache: {}", ex.getMessage());
			return StartupCacheUse.NONE;
		}
	}

	/**
	 * Waits for its turn to make a cache.
	 * @param launch the worker that is to make it
	 * @param options its options
	 * @param classPath its class path
	 * @return what is to be made, or {@code null} if there is nothing to make
	 */
	@Nullable StartupCacheMaking make(WorkerLaunch launch, List<String> options, Collection<String> classPath) {
		StartupCacheKind known = this.kind;
		if (known == null || launch.worker().startupCache() == StartupCache.OFF) {
			return null;
		}
		String obstacle = obstacle(launch.worker(), options, classPath);
		if (obstacle != null) {
			tell(launch, "Executor '{}': there is no start-up cache for its workers, for {}", obstacle);
			return null;
		}
		String key = StartupCacheKey.of(launch.worker(), options, classPath);
		if (this.made.getOrDefault(key, 0) >= MAX_MADE) {
			return null;
		}
		try {
			if (this.caches.find(key) != null || endedAsAWhole()) {
				return null;
			}
			StartupCaches.Making making = this.caches.make(key);
			return (making != null) ? new StartupCacheMaking(launch.executor(), making, known.making(making.file()),
					() -> this.made.merge(key, 1, Integer::sum)) : null;
		}
		catch (StartupCaches.TurnLostException ex) {
			logger.debug("Executor '{}': no start-up cache is made for its workers for now", launch.executor(), ex);
			return null;
		}
		catch (IOException | RuntimeException ex) {
			// Of an executor that is closed; others may want it.
			if (Thread.currentThread().isInterrupted()) {
				logger.debug("Executor '{}' is closed, and makes no start-up cache", launch.executor(), ex);
				return null;
			}
			this.made.put(key, MAX_MADE);
			tell(launch, "Executor '{}': no start-up cache is made for its workers: {}", ex.getMessage());
			return null;
		}
	}

	// One process more could then be the end of the service.
	private boolean endedAsAWhole() {
		Path file = (this.group != null) ? this.group.endedAsAWhole() : null;
		if (file != null && this.told.add(file.toString())) {
			logger.info("No start-up cache is made for workers, for {} is 1: the worker that makes one takes memory, "
					+ "and when that is used up the kernel ends the service too", file);
		}
		return file != null;
	}

	private void refused(WorkerLaunch launch, Path file, String reason) {
		try {
			this.caches.remove(file);
		}
		catch (IOException ex) {
			logger.debug("Could not remove {}", file, ex);
		}
		tell(launch, "Executor '{}': a worker did not start with its start-up cache, which is removed: {}", reason);
	}

	private void tell(WorkerLaunch launch, String text, @Nullable String reason) {
		if (this.told.add(launch.executor() + text + reason)) {
			logger.info(text, launch.executor(), reason);
		}
	}

	private static @Nullable String obstacle(WorkerSpec worker, List<String> options, Collection<String> classPath) {
		if (worker.startupCache() == StartupCache.OFF) {
			return "worker.startup-cache is off";
		}
		List<String> all = new ArrayList<>(options);
		for (String variable : StartupCacheKey.VARIABLES) {
			all.addAll(List.of(worker.environment().getOrDefault(variable, "").trim().split("\\s+", -1)));
		}
		String own = StartupCacheKind.ofTheUser(all);
		if (own != null) {
			return "its JVM has the option " + own;
		}
		for (String path : classPath) {
			if (Files.isDirectory(Path.of(path))) {
				return path + " on the class path is a directory";
			}
		}
		return null;
	}

}
