package dev.offload.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * How much memory a process takes, where there is a {@code /proc}.
 */
public final class ResidentMemory {

	private static final int KIBIBYTE = 1024;

	private static final String LINE = "VmRSS:";

	private ResidentMemory() {
	}

	/**
	 * The resident size of a process.
	 * @param pid its process id
	 * @return the bytes, empty if the process is gone or this system does not tell
	 */
	public static OptionalLong of(long pid) {
		try (FileInputStream input = new FileInputStream("/proc/" + pid + "/status")) {
			String status = new String(input.readAllBytes(), StandardCharsets.ISO_8859_1);
			int start = status.indexOf(LINE);
			if (start < 0) {
				return OptionalLong.empty();
			}
			String value = status.substring(start + LINE.length(), status.indexOf(" kB", start)).trim();
			return OptionalLong.of(Long.parseLong(value) * KIBIBYTE);
		}
		catch (IOException | RuntimeException ex) {
			return OptionalLong.empty();
		}
	}

}
