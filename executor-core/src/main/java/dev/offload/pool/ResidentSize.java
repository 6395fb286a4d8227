package dev.offload.pool;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads how much of the machine's memory a process holds, where there is a {@code /proc}.
 * In kilobytes, as {@code status} has it: {@code statm} counts pages, and Java does not
 * say how large these are.
 */
final class ResidentSize {

	static final long UNKNOWN = -1;

	private static final Pattern LINE = Pattern.compile("VmRSS:\\s*(\\d{1,15}) kB");

	private ResidentSize() {
	}

	// In bytes; -1 where the system does not tell.
	static long of(long pid) {
		return read(Path.of("/proc", Long.toString(pid), "status"));
	}

	static long read(Path status) {
		try (BufferedReader reader = Files.newBufferedReader(status, StandardCharsets.ISO_8859_1)) {
			String line = reader.readLine();
			while (line != null) {
				Matcher matcher = LINE.matcher(line);
				if (matcher.matches()) {
					return Long.parseLong(matcher.group(1)) * 1024;
				}
				line = reader.readLine();
			}
		}
		catch (IOException | RuntimeException ex) {
			// There is no /proc, or the process is gone.
		}
		return UNKNOWN;
	}

}
