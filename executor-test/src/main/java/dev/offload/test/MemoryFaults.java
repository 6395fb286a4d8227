package dev.offload.test;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Ways in which a task uses up what its process has.
 */
final class MemoryFaults {

	private static final int BLOCK_BYTES = 1024 * 1024;

	private static final int MOST_DESCRIPTORS = 2_000_000;

	/** What was never closed. Guarded by itself. */
	private static final List<FileInputStream> leaked = new ArrayList<>();

	private MemoryFaults() {
	}

	static int useUpHeap() {
		List<byte[]> blocks = new ArrayList<>();
		while (blocks.size() < Integer.MAX_VALUE) {
			blocks.add(new byte[BLOCK_BYTES]);
		}
		return blocks.size();
	}

	static int useUpHeapInAnotherThread() throws InterruptedException {
		FaultThreads.start("fault-heap", MemoryFaults::useUpHeap).join();
		return 0;
	}

	static int useUpDirectMemory() {
		List<ByteBuffer> blocks = new ArrayList<>();
		while (blocks.size() < Integer.MAX_VALUE) {
			blocks.add(ByteBuffer.allocateDirect(BLOCK_BYTES));
		}
		return blocks.size();
	}

	static int overflowStack(int depth) {
		return (depth < 0) ? 0 : overflowStack(depth + 1) + 1;
	}

	static int leakDescriptors(int number) throws IOException {
		synchronized (leaked) {
			for (int i = 0; i < number; i++) {
				leaked.add(open());
			}
			return leaked.size();
		}
	}

	// Closes them again: a worker without any cannot even load a class.
	static int useUpDescriptors() throws IOException {
		List<FileInputStream> opened = new ArrayList<>();
		try {
			while (opened.size() < MOST_DESCRIPTORS) {
				opened.add(open());
			}
			return opened.size();
		}
		finally {
			for (FileInputStream file : opened) {
				file.close();
			}
		}
	}

	private static FileInputStream open() throws IOException {
		return new FileInputStream("/dev/null");
	}

}
