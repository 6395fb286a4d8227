package dev.offload.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * How many processes of this service's control group the kernel has killed because memory
 * ran out. Known with control groups of version 2 only, such as most containers have.
 *
 * @param events the file that counts them, {@code null} if there is none
 */
record KernelKills(@Nullable Path events) {

	private static final String COUNT = "oom_kill ";

	/**
	 * Those of a group.
	 * @param group the group, {@code null} if there is none
	 * @return the counter
	 */
	static KernelKills of(@Nullable ControlGroup group) {
		return new KernelKills((group != null) ? group.directory().resolve("memory.events") : null);
	}

	/**
	 * Counts them.
	 * @return the number since the group was made, {@code null} if it is not known
	 */
	@Nullable Long count() {
		if (this.events == null) {
			return null;
		}
		try {
			for (String line : Files.readAllLines(this.events, StandardCharsets.ISO_8859_1)) {
				if (line.startsWith(COUNT)) {
					return Long.valueOf(line.substring(COUNT.length()).trim());
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			// The root of all groups has no such file.
		}
		return null;
	}

	/**
	 * Counts them since an earlier count.
	 * @param earlier that count
	 * @return the number, {@code null} if one of the two is not known
	 */
	@Nullable Long since(@Nullable Long earlier) {
		Long now = count();
		return (now != null && earlier != null) ? Long.valueOf(Math.max(0, now - earlier)) : null;
	}

}
