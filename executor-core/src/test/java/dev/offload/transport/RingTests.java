package dev.offload.transport;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.protocol.Frame;
import dev.offload.protocol.ProtocolException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RingOut}, {@link RingIn} and {@link SharedFile}.
 */
@Timeout(60)
class RingTests {

	private static final int BYTES = SharedFile.RING_BYTES;

	@TempDir
	@Nullable Path directory;

	private final AtomicBoolean closed = new AtomicBoolean();

	private SharedFile made;

	private SharedFile opened;

	private RingOut out;

	private RingIn in;

	@BeforeEach
	void make() throws IOException {
		Path file = Objects.requireNonNull(this.directory).resolve("m");
		this.made = SharedFile.make(file);
		this.opened = SharedFile.open(file);
		this.out = new RingOut(this.made.ring(true), this.closed::get);
		this.in = new RingIn(this.opened.ring(true), this.closed::get);
	}

	@AfterEach
	void close() throws IOException {
		this.made.close();
	}

	private void write(Random random, int count) throws IOException {
		int left = count;
		while (left > 0) {
			ByteBuffer room = this.out.room();
			int some = Math.min(left, room.remaining());
			for (int i = 0; i < some; i++) {
				room.put((byte) random.nextInt());
			}
			this.out.publish();
			left -= some;
		}
	}

	private void requireRead(Random random, int count) throws IOException {
		int left = count;
		while (left > 0) {
			if (!this.in.bytes().hasRemaining()) {
				assertThat(this.in.await(true, null)).isPositive();
			}
			ByteBuffer bytes = this.in.bytes();
			int some = Math.min(left, bytes.remaining());
			for (int i = 0; i < some; i++) {
				assertThat(bytes.get()).isEqualTo((byte) random.nextInt());
			}
			left -= some;
		}
	}

	@Test
	void messagesThatAreReadBeforeTheNextBeginAtTheBeginning() throws Exception {
		for (int i = 0; i < 10; i++) {
			assertThat(this.out.begin()).isEqualTo(new RingPlace(0, 0));
			write(new Random(i), 300_000);
			this.in.begin(new RingPlace(0, 0));
			requireRead(new Random(i), 300_000);
			this.in.taken();
		}
	}

	@Test
	void headIsNeverInTwoPieces() throws Exception {
		this.out.begin();
		write(new Random(1), BYTES - Frame.HEADER_BYTES + 1);
		this.in.begin(new RingPlace(0, 0));
		requireRead(new Random(1), BYTES - 100);
		this.in.taken();
		RingPlace next = this.out.begin();
		assertThat(next).isEqualTo(new RingPlace(0, Frame.HEADER_BYTES - 1));
		write(new Random(2), BYTES - 200);
		requireRead(new Random(1) {
			{
				for (int i = 0; i < BYTES - 100; i++) {
					nextInt();
				}
			}
		}, 100 - Frame.HEADER_BYTES + 1);
		this.in.taken();
		this.in.begin(RingPlace.of(next.number()));
		requireRead(new Random(2), BYTES - 200);
	}

	@Test
	void nextMessageWaitsForRoomToBeginAtTheBeginning() throws Exception {
		this.out.begin();
		write(new Random(1), BYTES - 8);
		this.in.begin(new RingPlace(0, 0));
		requireRead(new Random(1), 4);
		this.in.taken();
		FutureTask<RingPlace> next = new FutureTask<>(this.out::begin);
		Thread writer = new Thread(next, "test-writer");
		writer.start();
		assertThat(next.isDone()).isFalse();
		this.in.await(true, null);
		this.in.bytes().get(new byte[100]);
		this.in.taken();
		assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo(new RingPlace(0, 8));
	}

	@Test
	void writerWaitsForTheReaderWhateverTheirSteps() throws Exception {
		Random steps = new Random(5);
		int total = 20_000_000;
		Thread writer = new Thread(() -> {
			try {
				this.out.begin();
				write(new Random(3), total);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}, "test-writer");
		writer.start();
		Random content = new Random(3);
		this.in.begin(new RingPlace(0, 0));
		int left = total;
		while (left > 0) {
			int some = Math.min(left, 1 + steps.nextInt(400_000));
			requireRead(content, some);
			left -= some;
		}
		this.in.taken();
		writer.join();
		assertThat(this.out.begin()).isEqualTo(new RingPlace(0, 0));
	}

	@Test
	void waitsEndWithTheConnection() throws Exception {
		this.out.begin();
		write(new Random(1), BYTES);
		this.closed.set(true);
		assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> this.out.room());
		RingIn empty = new RingIn(this.opened.ring(false), this.closed::get);
		assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> empty.await(true, null));
	}

	@Test
	void interruptEndsTheWaitOfWhoMindsItOnly() throws Exception {
		Thread.currentThread().interrupt();
		assertThat(this.in.await(true, () -> false)).isZero();
		Thread late = new Thread(() -> {
			try {
				write(new Random(1), 10);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}, "test-writer");
		late.start();
		assertThat(this.in.await(true, null)).isEqualTo(10);
		assertThat(Thread.interrupted()).isTrue();
		late.join();
	}

	@Test
	void countersThatCannotBeAreNotBelieved() throws Exception {
		RingCounters liar = new RingCounters(this.opened.ring(true).counters());
		for (long written : new long[] { -1, BYTES + 1L, Long.MAX_VALUE, Long.MIN_VALUE }) {
			liar.written(written);
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.in.await(true, null));
		}
		for (long read : new long[] { 1, -BYTES - 1L, Long.MAX_VALUE, Long.MIN_VALUE }) {
			liar.read(read);
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.out.room());
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.out.begin());
		}
	}

	@Test
	void placesThatCannotBeAreRefused() {
		for (long number : new long[] { BYTES, -1, Long.MIN_VALUE, (long) Frame.HEADER_BYTES << 32 }) {
			assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> RingPlace.of(number));
		}
	}

	@Test
	void memoryIsGivenBackInTheEnd() throws Exception {
		Path file = Objects.requireNonNull(this.directory).resolve("other");
		SharedFile other = SharedFile.make(file);
		try (RandomAccessFile third = new RandomAccessFile(file.toFile(), "r")) {
			assertThat(third.length()).isGreaterThan(2L * BYTES);
			other.removeName();
			assertThat(file).doesNotExist();
			other.close();
			assertThat(third.length()).isZero();
		}
	}

	@Test
	void fileOfAnotherLengthIsRefused() throws Exception {
		Path other = Objects.requireNonNull(this.directory).resolve("other");
		Files.write(other, new byte[5000]);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> SharedFile.open(other))
			.withMessageContaining("5000");
	}

}
