package dev.offload.worker;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The processes that this worker has started, and those that they have started.
 *
 * <p>
 * It runs when all workers of a service have to end together and at once, on code that
 * has never run before. So it asks as little as possible, and has no lambda, stream or
 * string concatenation, whose first use costs some ten milliseconds of computing time
 * each.
 */
final class OwnDescendants {

	/** Given by the service to each worker, with a value of its own. */
	private static final String MARKER = "OFFLOAD_WORKER_ID";

	private static final String PROC = "/proc/";

	private static final int MAX_BYTES = 1024 * 1024;

	/**
	 * In {@code /proc/self/stat}, counted from the field after the name of the program.
	 */
	private static final int PAGE_FAULTS_OF_ENDED_CHILDREN = 8;

	private OwnDescendants() {
	}

	/**
	 * Whether this process has, or has ever had, a child.
	 * @return {@code false} if it certainly has not
	 */
	static boolean mayExist() {
		try {
			return hadChild() || !children("self").isEmpty();
		}
		catch (IOException | RuntimeException ex) {
			// There is no /proc, or a thread has ended in between.
			return true;
		}
	}

	/**
	 * Kills them all; where there is a {@code /proc}, also those that have left this
	 * worker's tree but kept its environment. Never throws.
	 */
	static void kill() {
		try {
			killTree();
		}
		catch (IOException | RuntimeException | Error ex) {
			killTreeAsTheJdkSeesIt();
		}
		try {
			killMarked();
		}
		catch (RuntimeException | Error ex) {
			// Nothing is left that could be done.
		}
	}

	/** By the kernel's own list, which takes much less than a look at all processes. */
	private static void killTree() throws IOException {
		List<String> pids = children("self");
		for (int i = 0; i < pids.size(); i++) {
			addChildren(pids.get(i), pids);
		}
		for (String pid : pids) {
			kill(pid);
		}
	}

	private static void addChildren(String pid, List<String> pids) {
		try {
			pids.addAll(children(pid));
		}
		catch (IOException ex) {
			// It has ended.
		}
	}

	private static void killTreeAsTheJdkSeesIt() {
		try {
			for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
				process.destroyForcibly();
			}
		}
		catch (RuntimeException | Error ex) {
			// Processes that come and go are known to break the query.
		}
	}

	/** Those with a higher number first: mostly, they alone have been started later. */
	private static void killMarked() {
		String id = System.getenv(MARKER);
		String[] names = new File(PROC).list();
		if (id == null || names == null) {
			return;
		}
		String marker = MARKER.concat("=").concat(id);
		long own = ProcessHandle.current().pid();
		for (String name : names) {
			if (isPid(name) && Long.parseLong(name) > own && isMarked(name, marker)) {
				kill(name);
			}
		}
		for (String name : names) {
			if (isPid(name) && Long.parseLong(name) < own && isMarked(name, marker)) {
				kill(name);
			}
		}
	}

	private static boolean isPid(String name) {
		return Character.isDigit(name.charAt(0));
	}

	private static void kill(String pid) {
		Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(pid));
		if (process.isPresent()) {
			process.get().destroyForcibly();
		}
	}

	private static boolean isMarked(String pid, String marker) {
		try {
			return read(PROC.concat(pid).concat("/environ")).contains(marker);
		}
		catch (IOException ex) {
			// Gone, or not ours.
			return false;
		}
	}

	private static boolean hadChild() throws IOException {
		String stat = read("/proc/self/stat");
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
		return !fields[PAGE_FAULTS_OF_ENDED_CHILDREN].equals("0");
	}

	private static List<String> children(String pid) throws IOException {
		String tasks = PROC.concat(pid).concat("/task/");
		String[] threads = new File(tasks).list();
		if (threads == null) {
			throw new IOException(tasks);
		}
		List<String> children = new ArrayList<>();
		for (String thread : threads) {
			for (String child : read(tasks.concat(thread).concat("/children")).split(" ", -1)) {
				if (!child.isEmpty()) {
					children.add(child);
				}
			}
		}
		return children;
	}

	private static String read(String file) throws IOException {
		try (FileInputStream input = new FileInputStream(file)) {
			return new String(input.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
		}
	}

}
