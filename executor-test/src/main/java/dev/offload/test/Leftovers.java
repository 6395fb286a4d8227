package dev.offload.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What this process holds at one moment: taken before and after a test, it shows what
 * executors have left behind. Take the first one when the test has made and closed one
 * executor, for what a JVM opens once it keeps.
 *
 * @param descriptors what the open file descriptors are of, by number; empty where there
 * is no {@code /proc}
 * @param threads the names of the living threads of executors and tasks, by id
 * @param children what the processes started by this one and theirs are, by process id
 * @param files the directories {@code offload-<pid>-*} of this process in
 * {@code java.io.tmpdir} and {@code /dev/shm}; crash reports are kept on purpose and not
 * among them
 */
public record Leftovers(Map<Long, String> descriptors, Map<Long, String> threads, Map<Long, String> children,
		List<String> files) {

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	private static final Pattern OF_POOL = Pattern.compile("offload-(\\d+)-.*");

	private static final long PAUSE_NANOS = 20_000_000;

	/** What a JVM opens when it first needs it, and keeps. */
	private static final Pattern OF_JVM = Pattern
		.compile(".*\\.(jar|jmod)|.*/lib/modules|/dev/u?random|/(proc|sys)/.*");

	/**
	 * Threads of the JDK that come and go with the work, and one that ends with a store.
	 */
	private static final Pattern PASSING = Pattern.compile("process reaper.*|ForkJoinPool.*|"
			+ "CompletableFutureDelayScheduler|Common-Cleaner|Cleaner-\\d+|offload-tasks-removal");

	public Leftovers {
		descriptors = Map.copyOf(descriptors);
		threads = Map.copyOf(threads);
		children = Map.copyOf(children);
		files = List.copyOf(files);
	}

	/**
	 * Looks at this process.
	 * @return what it holds now
	 */
	public static Leftovers now() {
		return new Leftovers(descriptorsNow(), threadsNow(), childrenNow(), filesNow());
	}

	/**
	 * Waits until there is no more than before.
	 * @param before what there was
	 * @param patience how long to wait at most
	 * @throws AssertionError if there is more after that; the message says what
	 */
	public static void awaitNoGrowth(Leftovers before, Duration patience) {
		String growth = growthAfter(before, patience);
		if (!growth.isEmpty()) {
			throw new AssertionError("Left behind: " + growth);
		}
	}

	/**
	 * Waits until there is no more than before, and says what there is after that.
	 * @param before what there was
	 * @param patience how long to wait at most
	 * @return what there is more of, empty as soon as that is nothing
	 */
	public static String growthAfter(Leftovers before, Duration patience) {
		long end = System.nanoTime() + patience.toNanos();
		String growth = now().describeGrowth(before);
		while (!growth.isEmpty() && System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(PAUSE_NANOS);
			growth = now().describeGrowth(before);
		}
		return growth;
	}

	/**
	 * Says what there is more of than before.
	 * @param before what there was
	 * @return one line for each kind of which there is more, with what is new; empty if
	 * there is none
	 */
	public String describeGrowth(Leftovers before) {
		List<String> lines = new ArrayList<>();
		compare("file descriptors", before.descriptors, this.descriptors, lines);
		compare("threads", before.threads, this.threads, lines);
		compare("child processes", before.children, this.children, lines);
		List<String> newFiles = new ArrayList<>(this.files);
		newFiles.removeAll(before.files);
		if (!newFiles.isEmpty()) {
			lines.add(line("temporary files", before.files.size(), this.files.size(), newFiles));
		}
		return String.join("\n", lines);
	}

	// Old ones may have gone and as many have come: that is no growth.
	private static void compare(String kind, Map<Long, String> before, Map<Long, String> after, List<String> lines) {
		if (after.size() > before.size()) {
			Map<Long, String> added = new TreeMap<>(after);
			added.entrySet().removeAll(before.entrySet());
			lines.add(line(kind, before.size(), after.size(), added.values()));
		}
	}

	private static String line(String kind, int before, int after, Collection<String> added) {
		return kind + " " + before + " -> " + after + ", new: " + added;
	}

	private static Map<Long, String> descriptorsNow() {
		Map<Long, String> found = new TreeMap<>();
		try (Stream<Path> links = Files.list(DESCRIPTORS)) {
			links.forEach((link) -> addDescriptor(link, found));
		}
		catch (IOException ex) {
			// No such directory on this system.
			return Map.of();
		}
		return found;
	}

	private static void addDescriptor(Path link, Map<Long, String> found) {
		try {
			String target = Files.readSymbolicLink(link).toString();
			if (!OF_JVM.matcher(target).matches()) {
				found.put(Long.valueOf(link.getFileName().toString()), target);
			}
		}
		catch (IOException ex) {
			// Closed by now.
		}
	}

	private static Map<Long, String> threadsNow() {
		Map<Long, String> found = new TreeMap<>();
		for (Thread thread : Thread.getAllStackTraces().keySet()) {
			if (!PASSING.matcher(thread.getName()).matches()) {
				found.put(thread.getId(), thread.getName());
			}
		}
		return found;
	}

	private static Map<Long, String> childrenNow() {
		Map<Long, String> found = new TreeMap<>();
		ProcessHandle.current()
			.descendants()
			.forEach((child) -> found.put(child.pid(), child.pid() + " " + child.info().command().orElse("?")));
		return found;
	}

	private static List<String> filesNow() {
		return Stream.of(System.getProperty("java.io.tmpdir"), "/dev/shm")
			.flatMap((directory) -> filesIn(Path.of(directory)).stream())
			.filter(Leftovers::isOurs)
			.sorted()
			.toList();
	}

	private static List<String> filesIn(Path directory) {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
		catch (IOException ex) {
			return List.of();
		}
	}

	private static boolean isOurs(String name) {
		Matcher ofPool = OF_POOL.matcher(name);
		return ofPool.matches() && ofPool.group(1).equals(Long.toString(ProcessHandle.current().pid()));
	}

}
