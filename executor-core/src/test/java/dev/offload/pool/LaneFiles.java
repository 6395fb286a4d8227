package dev.offload.pool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import dev.offload.OffloadExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What processes have open of the directories of a pool, and what of it is in their
 * memory, as the kernel tells it.
 *
 * @param directory the directory of the pool
 * @param others what was in memory before
 */
record LaneFiles(Path directory, String others) {

	static final long SELF = ProcessHandle.current().pid();

	/** As many bytes as fit into the memory of one direction. */
	static final long RING_BYTES = 1024 * 1024 + 64 * 1024;

	/** Where a worker says how much it has written, and its service how much it read. */
	private static final int WRITTEN = 1024;

	private static final int READ = WRITTEN + 512;

	/** Where memory is if the directory of the pool is on a disk. */
	private static final Pattern MEMORY = Pattern.compile("(/dev/shm/offload-" + SELF + "-[^/]+/)m(\\d+)-(\\d+)(.*)");

	private static final int UNIX_TYPE = 0170000;

	private static final int UNIX_PIPE = 0010000;

	static LaneFiles of(OffloadExecutor executor) throws Exception {
		String socket = executor.call(() -> System.getProperty("offload.worker.socket"));
		return new LaneFiles(Path.of(socket).getParent(), Files.readString(Path.of("/proc/self/maps")));
	}

	/**
	 * What a process has open.
	 * @param pid the process
	 * @return names inside of the directory, those that are deleted with a word that says
	 * so
	 * @throws IOException if the process is gone
	 */
	List<String> open(long pid) throws IOException {
		List<String> names = new ArrayList<>();
		for (Path number : descriptors(pid)) {
			try {
				addName(Files.readSymbolicLink(number).toString(), names);
			}
			catch (NoSuchFileException ex) {
				// closed meanwhile
			}
		}
		return names;
	}

	private static List<Path> descriptors(long pid) throws IOException {
		try (Stream<Path> numbers = Files.list(Path.of("/proc/" + pid + "/fd"))) {
			return numbers.toList();
		}
	}

	// That of memory is told as if it was with the rest of its worker.
	private void addName(String path, List<String> names) {
		String prefix = this.directory + "/";
		Matcher memory = MEMORY.matcher(path);
		if (path.startsWith(prefix)) {
			names.add(path.substring(prefix.length()));
		}
		else if (memory.matches() && !this.others.contains(memory.group(1))) {
			names.add("w" + memory.group(2) + "/m" + memory.group(3) + memory.group(4));
		}
	}

	/**
	 * The memory that a process shares with others.
	 * @param pid the process
	 * @return names inside of the directory
	 * @throws IOException if the process is gone
	 */
	List<String> shared(long pid) throws IOException {
		List<String> names = new ArrayList<>();
		for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/maps"))) {
			if (line.contains(" rw-s ")) {
				addName(line.substring(line.indexOf('/')), names);
			}
		}
		return names;
	}

	// How much of the shared memory is there for this process, in KiB, but for some of
	// it.
	private long residentKilobytes(List<String> others) throws IOException {
		long sum = 0;
		boolean counts = false;
		for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
			if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
				List<String> names = new ArrayList<>();
				addName(line.substring(Math.max(0, line.indexOf('/'))), names);
				counts = !names.isEmpty() && !others.containsAll(names);
			}
			else if (counts && line.startsWith("Rss:")) {
				sum += Long.parseLong(line.replaceAll("\\D", ""));
			}
		}
		return sum;
	}

	// Pipes that have a name.
	List<Path> namedPipes() throws IOException {
		List<Path> pipes = new ArrayList<>();
		try (Stream<Path> all = Files.walk(this.directory)) {
			for (Path path : all.toList()) {
				if (((int) Files.getAttribute(path, "unix:mode") & UNIX_TYPE) == UNIX_PIPE) {
					pipes.add(path);
				}
			}
		}
		return pipes;
	}

	// How much of what the worker has written its service has not read.
	long unread(String memory) throws IOException {
		for (Path number : descriptors(SELF)) {
			List<String> name = new ArrayList<>();
			addName(Files.isSymbolicLink(number) ? Files.readSymbolicLink(number).toString() : "", name);
			if (name.contains(memory)) {
				try (FileChannel file = FileChannel.open(number)) {
					return number(file, WRITTEN) - number(file, READ);
				}
			}
		}
		throw new IllegalStateException(memory + " is not open in " + open(SELF));
	}

	private static long number(FileChannel file, int place) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
		file.read(bytes, place);
		return bytes.getLong(0);
	}

	// Until this process has nothing of the pool open or in its memory but these.
	void awaitOnly(String... names) {
		List<String> expected = List.of(names);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(5))
			.untilAsserted(() -> assertOnly(expected));
	}

	private void assertOnly(List<String> names) throws IOException {
		assertThat(open(SELF)).containsExactlyInAnyOrderElementsOf(names);
		assertThat(residentKilobytes(names)).as("KiB in memory").isZero();
	}

}
