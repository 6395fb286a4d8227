package dev.offload.process;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import dev.offload.spi.OutputRedactor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutputPump}.
 */
class OutputPumpTests {

	private final List<String> lines = new ArrayList<>();

	@Test
	void runHandsOnEachLine() {
		OutputPump pump = run("a\nb\r\n\nlast".getBytes(StandardCharsets.UTF_8));
		assertThat(this.lines).containsExactly("a", "b", "", "last");
		assertThat(pump.tail().lines()).isEqualTo(this.lines);
	}

	@Test
	void runWhenLineIsTooLongCutsItBetweenCharacters() {
		String text = "a" + "€".repeat(OutputPump.MAX_LINE_BYTES);
		run((text + "\n").getBytes(StandardCharsets.UTF_8));
		assertThat(this.lines).hasSizeGreaterThan(2)
			.allMatch((line) -> line.getBytes(StandardCharsets.UTF_8).length <= OutputPump.MAX_LINE_BYTES);
		assertThat(String.join("", this.lines)).isEqualTo(text);
	}

	@Test
	void runWhenBytesAreNoTextGoesOn() {
		byte[] bytes = new byte[20_000];
		Arrays.fill(bytes, (byte) 0x80);
		bytes[10] = '\n';
		run(bytes);
		assertThat(this.lines.stream().mapToInt(String::length).sum()).isEqualTo(bytes.length - 1);
	}

	@Test
	void runWhenTargetThrowsGoesOn() {
		OutputPump pump = new OutputPump(new ByteArrayInputStream("a\nb\n".getBytes(StandardCharsets.UTF_8)),
				OutputRedactor.NONE, (line) -> {
					throw new StackOverflowError("from the log");
				});
		pump.run();
		assertThat(pump.tail().lines()).containsExactly("a", "b");
	}

	@Test
	void runWhenOutputIsEndlessKeepsItsLastPartOnly() throws Exception {
		AtomicLong longest = new AtomicLong();
		OutputPump pump = new OutputPump(new Flood(100L * 1024 * 1024), OutputRedactor.NONE,
				(line) -> longest.accumulateAndGet(line.length(), Math::max));
		pump.run();
		assertThat(pump.awaitEnd(0)).isTrue();
		assertThat(longest.get()).isLessThanOrEqualTo(OutputPump.MAX_LINE_BYTES);
		assertThat(pump.tail().lines().stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(32 * 1024);
	}

	@Test
	void tailWhenLinesAreShortKeepsTwoHundred() {
		OutputPump pump = run("x\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
		assertThat(pump.tail().lines()).hasSize(200);
	}

	private OutputPump run(byte[] output) {
		OutputPump pump = new OutputPump(new ByteArrayInputStream(output), OutputRedactor.NONE, this.lines::add);
		pump.run();
		return pump;
	}

	/** Bytes without a line end. */
	private static final class Flood extends InputStream {

		private long left;

		private Flood(long bytes) {
			this.left = bytes;
		}

		@Override
		public int read() throws IOException {
			throw new IOException("not used");
		}

		@Override
		public int read(byte[] buffer, int offset, int length) {
			if (this.left == 0) {
				return -1;
			}
			int count = (int) Math.min(length, this.left);
			Arrays.fill(buffer, offset, offset + count, (byte) 'x');
			this.left -= count;
			return count;
		}

	}

}
