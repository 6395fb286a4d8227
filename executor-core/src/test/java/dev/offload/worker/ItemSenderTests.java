package dev.offload.worker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.codec.JdkPayloadCodec;
import dev.offload.codec.TaskCodec;
import dev.offload.protocol.Message;
import dev.offload.protocol.Message.Items;
import dev.offload.spi.PayloadLimits;
import dev.offload.spi.StreamResults;
import dev.offload.transport.Connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a task in a worker sends of its stream.
 */
class ItemSenderTests {

	private static final int MAX_BYTES = 1024 * 1024;

	private static final int ITEM_CHARS = 20_000;

	@TempDir
	Path directory = Path.of("");

	@Test
	void itemThatWasNotGrantedIsSentWhenItIsAlthoughNoOtherComes() throws Exception {
		CountDownLatch next = new CountDownLatch(1);
		UnixDomainSocketAddress address = UnixDomainSocketAddress.of(this.directory.resolve("s"));
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
				Connection worker = new Connection(SocketChannel.open(address));
				Connection service = new Connection(server.accept())) {
			ItemSender sender = new ItemSender(1,
					new ProgressSender.Target(new ProgressSender("streams"), worker, "streams-"), worker::send);
			CompletableFuture<Void> task = CompletableFuture.runAsync(() -> sendAll(sender, next),
					ItemSenderTests::start);
			long sent = 0;
			while (sent < StreamResults.WINDOW_BYTES) {
				sent += receive(service);
			}
			// nothing of it is granted
			sender.tell();
			sender.taken(sent);
			assertThat(receive(service)).isLessThan(ITEM_CHARS);
			assertThat(task).isNotDone();
			next.countDown();
			task.get(10, TimeUnit.SECONDS);
		}
		finally {
			next.countDown();
		}
	}

	@Test
	void itemsBeforeAnInterruptAreSent() throws Exception {
		try (Connection worker = new Connection(SocketChannel.open(StandardProtocolFamily.UNIX))) {
			List<Message> written = new ArrayList<>();
			// nobody sends what is left lying
			ProgressSender later = new ProgressSender("streams", (thread) -> {
			});
			ItemSender sender = new ItemSender(1, new ProgressSender.Target(later, worker, "streams-"), written::add);
			Stream<String> items = Stream.of("first", "second", "third").peek((item) -> {
				if (item.equals("third")) {
					ItemSenderTests.<RuntimeException>sneak(new InterruptedException());
				}
			});
			assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> sender.sendAll(items,
					new TaskCodec(new JdkPayloadCodec(), "streams", PayloadLimits.ofBytes(MAX_BYTES))));
			assertThat(written).hasSize(2);
		}
	}

	@SuppressWarnings("unchecked")
	private static <X extends Throwable> void sneak(Throwable failure) throws X {
		throw (X) failure;
	}

	private static void sendAll(ItemSender sender, CountDownLatch next) {
		Stream<String> large = Stream.generate(() -> "x".repeat(ITEM_CHARS))
			.limit(StreamResults.WINDOW_BYTES / ITEM_CHARS + 1);
		Stream<String> small = Stream.of("small", "next").peek((item) -> {
			if (item.equals("next")) {
				await(next);
			}
		});
		try {
			sender.sendAll(Stream.concat(large, small),
					new TaskCodec(new JdkPayloadCodec(), "streams", PayloadLimits.ofBytes(MAX_BYTES)));
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static long receive(Connection service) throws Exception {
		return CompletableFuture.supplyAsync(() -> {
			try {
				Message message = service.receive(MAX_BYTES);
				return ((Items) message).payload().size();
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}, ItemSenderTests::start).get(10, TimeUnit.SECONDS);
	}

	// The common pool may have a single thread.
	private static void start(Runnable action) {
		new Thread(action, "test-items").start();
	}

}
