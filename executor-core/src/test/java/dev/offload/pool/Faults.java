package dev.offload.pool;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Work that harms its worker.
 */
final class Faults {

	private static final List<byte[]> LEAKED = new ArrayList<>();

	private Faults() {
	}

	static long pid() {
		return ProcessHandle.current().pid();
	}

	static int exit(int code) {
		System.exit(code);
		return code;
	}

	static int halt(int code) {
		Runtime.getRuntime().halt(code);
		return code;
	}

	static int useUpHeap() {
		List<byte[]> blocks = new ArrayList<>();
		while (true) {
			blocks.add(new byte[1024 * 1024]);
			if (blocks.size() < 0) {
				return blocks.size();
			}
		}
	}

	static int leak(int megabytes) {
		for (int i = 0; i < megabytes; i++) {
			byte[] block = new byte[1024 * 1024];
			Arrays.fill(block, (byte) 1);
			LEAKED.add(block);
		}
		return LEAKED.size();
	}

	static int recurse(int depth) {
		return (depth < 0) ? 0 : recurse(depth + 1) + 1;
	}

	static long spin() {
		long sum = 0;
		for (int i = 0; i >= 0; i = (i + 1) & Integer.MAX_VALUE) {
			sum += i * 31L;
		}
		return sum;
	}

	static int crashNatively() throws Exception {
		Class<?> type = Class.forName("sun.misc.Unsafe");
		Field field = type.getDeclaredField("theUnsafe");
		field.setAccessible(true);
		type.getMethod("putAddress", long.class, long.class).invoke(field.get(null), 0L, 0L);
		return 0;
	}

	static long startChild() throws IOException {
		return new ProcessBuilder("sleep", "300").start().pid();
	}

	static void closeStandardStreams() throws IOException {
		System.in.close();
		System.out.close();
		System.err.close();
		new FileInputStream(FileDescriptor.in).close();
		new FileOutputStream(FileDescriptor.out).close();
		new FileOutputStream(FileDescriptor.err).close();
	}

	static int flood(int megabytes) {
		String block = "x".repeat(1024 * 1024);
		for (int i = 0; i < megabytes; i++) {
			System.out.print(block);
		}
		System.out.println();
		return megabytes;
	}

}
