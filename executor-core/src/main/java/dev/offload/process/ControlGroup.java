package dev.offload.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The control group (version 2) of a process, as Linux shows it.
 *
 * @param root the directory under which all groups are
 * @param directory the directory of the group
 */
record ControlGroup(Path root, Path directory) {

	private static final String VERSION_2 = "0::/";

	/**
	 * The group of this JVM.
	 * @return the group, or {@code null} where there is none of version 2
	 */
	static @Nullable ControlGroup own() {
		return of(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));
	}

	static @Nullable ControlGroup of(Path membership, Path root) {
		try {
			for (String line : Files.readAllLines(membership, StandardCharsets.ISO_8859_1)) {
				if (line.startsWith(VERSION_2)) {
					Path directory = root.resolve(line.substring(VERSION_2.length())).normalize();
					return directory.startsWith(root) ? new ControlGroup(root, directory) : null;
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			// Not Linux, or not to be read: the same as no group.
		}
		return null;
	}

	/**
	 * Whether the kernel, when this group or one above it is out of memory, ends all its
	 * processes and not one of them.
	 * @return the file that says so, {@code null} if none does
	 */
	@Nullable Path endedAsAWhole() {
		Path current = this.directory;
		while (current != null && current.startsWith(this.root)) {
			Path file = current.resolve("memory.oom.group");
			try {
				if (Files.readString(file, StandardCharsets.ISO_8859_1).trim().equals("1")) {
					return file;
				}
			}
			catch (IOException ex) {
				// The root of all groups has no such file, nor has version 1.
			}
			current = current.getParent();
		}
		return null;
	}

}
