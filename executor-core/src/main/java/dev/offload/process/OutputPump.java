package dev.offload.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.offload.spi.OutputRedactor;

/**
 * Reads the output of one worker until its end, on a thread of its own, so that the
 * worker never waits for a reader. Keeps the last lines, and hands each line on.
 */
final class OutputPump {

	/**
	 * A longer line is cut into several: an output without line ends must not fill the
	 * memory.
	 */
	static final int MAX_LINE_BYTES = 8 * 1024;

	private final InputStream output;

	private final OutputRedactor redactor;

	private final Target target;

	private final OutputTail tail = new OutputTail();

	private final CountDownLatch ended = new CountDownLatch(1);

	/** What picks a dump of threads out of the output; written by who asks for one. */
	private volatile @Nullable QuitDump dump;

	/** The line being read. Used by the pump's thread only. */
	private final byte[] line = new byte[MAX_LINE_BYTES];

	/** The bytes of that line so far. Used by the pump's thread only. */
	private int length;

	/**
	 * Creates one.
	 * @param output the output
	 * @param redactor what each line passes at first; if it fails, the line is lost
	 * @param target is given each line, and closed at the end of the output; what it
	 * throws is ignored
	 */
	OutputPump(InputStream output, OutputRedactor redactor, Target target) {
		this.output = output;
		this.redactor = redactor;
		this.target = target;
	}

	void start(String threadName) {
		Thread thread = new Thread(this::run, threadName);
		thread.setDaemon(true);
		thread.start();
	}

	OutputTail tail() {
		return this.tail;
	}

	/**
	 * Picks the next dump of threads out of the output: it is neither kept as last lines
	 * nor handed on.
	 * @param next what picks it
	 */
	void pick(QuitDump next) {
		this.dump = next;
	}

	/**
	 * Waits until all output is read. It may not end with the worker: a process that the
	 * worker has started can hold it open.
	 * @param millis how long to wait, in milliseconds
	 * @return whether it is
	 * @throws InterruptedException if interrupted while waiting
	 */
	boolean awaitEnd(long millis) throws InterruptedException {
		return this.ended.await(millis, TimeUnit.MILLISECONDS);
	}

	void run() {
		try {
			byte[] buffer = new byte[MAX_LINE_BYTES];
			int count = this.output.read(buffer);
			while (count >= 0) {
				accept(buffer, count);
				count = this.output.read(buffer);
			}
		}
		catch (IOException ex) {
			// The stream of a process that has ended may be closed under its reader.
		}
		finally {
			if (this.length > 0) {
				endLine(this.length);
			}
			this.target.close();
			this.ended.countDown();
		}
	}

	private void accept(byte[] buffer, int count) {
		for (int i = 0; i < count; i++) {
			if (buffer[i] == '\n') {
				endLine(this.length);
			}
			else {
				this.line[this.length++] = buffer[i];
				if (this.length == MAX_LINE_BYTES) {
					endLine(beforeLastCharacter());
				}
			}
		}
	}

	/**
	 * The number of bytes before the character that the line ends with, if that is of
	 * several bytes and may go on; else all of them.
	 * @return the number
	 */
	private int beforeLastCharacter() {
		int start = this.length - 1;
		while (start > this.length - 4 && (this.line[start] & 0xC0) == 0x80) {
			start--;
		}
		return ((this.line[start] & 0xC0) == 0xC0) ? start : this.length;
	}

	private void endLine(int end) {
		int textEnd = (end > 0 && this.line[end - 1] == '\r') ? end - 1 : end;
		String raw = new String(this.line, 0, textEnd, StandardCharsets.UTF_8);
		this.length -= end;
		System.arraycopy(this.line, end, this.line, 0, this.length);
		try {
			String text = this.redactor.redact(raw);
			QuitDump current = this.dump;
			if (current == null || !current.take(text)) {
				this.tail.add(text);
				this.target.accept(text);
			}
		}
		catch (Throwable ex) {
			// A log that fails must not stop the worker, which would wait for its reader.
		}
	}

	/**
	 * Where lines go.
	 */
	@FunctionalInterface
	interface Target {

		void accept(String line);

		default void close() {
			// Most have nothing to close.
		}

	}

}
