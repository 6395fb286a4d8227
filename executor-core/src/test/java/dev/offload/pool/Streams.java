package dev.offload.pool;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;

import dev.offload.Invocation;

/**
 * Methods that take and give what travels by reference.
 */
final class Streams {

	private Streams() {
	}

	static Invocation call(String name, @Nullable Object... arguments) {
		Method method = Arrays.stream(Streams.class.getDeclaredMethods())
			.filter((candidate) -> candidate.getName().equals(name))
			.findFirst()
			.orElseThrow();
		return Invocation.ofStatic(method, arguments);
	}

	// Zeros, as many as wanted, then maybe an exception.
	static InputStream zeros(long count, @Nullable IOException end) {
		return new InputStream() {
			private long left = count;

			@Override
			public int read() throws IOException {
				byte[] one = new byte[1];
				return (read(one, 0, 1) < 0) ? -1 : one[0];
			}

			@Override
			public int read(byte[] bytes, int offset, int length) throws IOException {
				if (this.left == 0 && end != null) {
					throw end;
				}
				int now = (int) Math.min(this.left, length);
				this.left -= now;
				return (now == 0) ? -1 : now;
			}
		};
	}

	static String checksum(String prefix, InputStream content, List<String> rest) throws IOException {
		CRC32 crc = new CRC32();
		byte[] chunk = new byte[8192];
		long length = 0;
		for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
			crc.update(chunk, 0, count);
			length += count;
		}
		return prefix + length + ":" + crc.getValue() + rest;
	}

	static InputStream echo(InputStream content) {
		return content;
	}

	static InputStream numbers(int count) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < count; i++) {
			text.append(i).append('\n');
		}
		return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
	}

	static Optional<InputStream> maybe(boolean there) {
		return there ? Optional.of(numbers(1)) : Optional.empty();
	}

	static int readTwo(InputStream first, InputStream second) throws IOException {
		return first.read() + second.read();
	}

	static Path neighbour(Path file, Object other) {
		return file.resolveSibling(file.getFileName() + "." + ((Path) other).getFileName());
	}

	static InputStream brokenAfter(long count) {
		return zeros(count, new IOException("the source is gone"));
	}

	// Says where it is, reads half of it, and waits for its end.
	static long readForEver(String started, InputStream content) throws Exception {
		content.readNBytes(100);
		Files.writeString(Path.of(started), Long.toString(ProcessHandle.current().pid()));
		Thread.sleep(600_000);
		return content.available();
	}

	// Its content never ends, and does not heed an interrupt.
	static InputStream endless(String started) {
		return new InputStream() {
			private long given;

			@Override
			public int read() {
				return 0;
			}

			@Override
			public int read(byte[] bytes, int offset, int length) throws IOException {
				this.given += 1024;
				if (this.given == 100 * 1024) {
					Files.writeString(Path.of(started), Long.toString(ProcessHandle.current().pid()));
				}
				boolean interrupted = Thread.interrupted();
				try {
					Thread.sleep(1);
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
				if (interrupted) {
					Thread.currentThread().interrupt();
				}
				return 1024;
			}
		};
	}

}
