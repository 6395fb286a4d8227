package dev.offload.worker;

import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import dev.offload.codec.JdkPayloadCodec;
import dev.offload.codec.PayloadReference;
import dev.offload.codec.TaskCodec;
import dev.offload.protocol.Frame;
import dev.offload.protocol.Message;
import dev.offload.protocol.Message.Completed;
import dev.offload.protocol.Message.Execute;
import dev.offload.protocol.Message.Hello;
import dev.offload.protocol.Message.Items;
import dev.offload.protocol.Message.Progress;
import dev.offload.protocol.Message.Ready;
import dev.offload.spi.Payload;
import dev.offload.spi.PayloadLimits;
import dev.offload.transport.Connection;

/**
 * A worker that speaks the protocol wrongly. The property {@code test.faults} has one
 * fault for each worker of the executor, by its number; each comes with the first task
 * unless it is one of the start. Payloads of its results are the simple value null.
 */
public final class HostileWorker {

	private static final int MAX_BYTES = 64 * 1024 * 1024;

	private static final Payload NULL_VALUE = Payload.of(new byte[] { 0, 0 });

	private final WorkerIdentity identity;

	private final Connection control;

	private final SocketChannel raw;

	private final Connection slot;

	private HostileWorker(WorkerIdentity identity) throws IOException {
		this.identity = identity;
		this.control = identity.connect(0);
		this.control.receive(MAX_BYTES);
		this.raw = SocketChannel.open(UnixDomainSocketAddress.of(identity.socket()));
		this.slot = new Connection(this.raw);
		this.slot.send(new Hello(identity.token(), 1, ProcessHandle.current().pid(), identity.fingerprint(), false));
		this.control.send(new Ready());
	}

	public static void main(String[] arguments) throws Exception {
		String token = ServiceWatch.start();
		int number = Integer.getInteger("offload.worker.number");
		String fault = System.getProperty("test.faults").split(",", -1)[number - 1];
		WorkerIdentity identity = new WorkerIdentity(System.getProperty("offload.worker.executor"), number, token,
				Path.of(System.getProperty("offload.worker.socket")), OwnClasses.fingerprint());
		if (!failsAtStart(fault, identity)) {
			new HostileWorker(identity).serve(fault);
		}
		Thread.sleep(Long.MAX_VALUE);
	}

	private static boolean failsAtStart(String fault, WorkerIdentity identity) throws IOException {
		switch (fault) {
			case "never-connects" -> {
				return true;
			}
			case "other-version" -> {
				SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(identity.socket()));
				Connection connection = new Connection(channel);
				connection.send(new Hello(identity.token(), 0, ProcessHandle.current().pid(), "0.0.0-other", false));
				return true;
			}
			case "never-ready" -> {
				identity.connect(0).receive(MAX_BYTES);
				return true;
			}
			case "task-before-ready" -> {
				Connection connection = identity.connect(0);
				connection.receive(MAX_BYTES);
				connection.send(new Completed(1, NULL_VALUE));
				return true;
			}
			default -> {
				return false;
			}
		}
	}

	private void serve(String fault) throws Exception {
		if (fault.equals("reads-no-task")) {
			return;
		}
		long task = ((Execute) this.slot.receive(MAX_BYTES)).task();
		switch (fault) {
			case "garbage" -> write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			case "wrong-magic" -> write(head(0x4745, 3, 6, 0, task));
			case "wrong-version" -> write(head(0x4F46, 9, 6, 0, task));
			case "unknown-type" -> write(head(0x4F46, 3, 99, 0, task));
			case "negative-length" -> write(head(0x4F46, 3, 6, -1, task));
			case "length-over-limit" -> write(head(0x4F46, 3, 6, Integer.MAX_VALUE, task));
			case "attachment-over-limit" -> {
				write(head(0x4F46, 3, 6, 8, task));
				write(new byte[] { 0, 0, 0, 1, 0x7F, -1, -1, -1 });
			}
			case "end-after-one-byte" -> {
				write(new byte[] { 0x4F });
				this.slot.close();
			}
			case "end-in-body" -> {
				write(head(0x4F46, 3, 6, 100, task));
				this.slot.close();
			}
			case "other-task" -> this.slot.send(new Completed(task + 1, NULL_VALUE));
			case "not-an-answer" -> this.slot.send(new Execute(task, NULL_VALUE));
			case "garbage-on-log" -> this.identity.connect(Hello.LOG).send(new Execute(task, NULL_VALUE));
			case "garbage-on-control" -> this.control.send(new Execute(task, NULL_VALUE));
			default -> serveFirst(fault, task);
		}
	}

	private void serveFirst(String fault, long task) throws Exception {
		switch (fault) {
			case "answers-twice" -> {
				this.slot.send(new Completed(task, NULL_VALUE));
				this.slot.send(new Completed(task, NULL_VALUE));
			}
			case "progress-of-another" -> this.slot.send(new Progress(task + 1, 1, 2, null));
			case "progress-without-end" -> {
				Message progress = new Progress(task, 1, 2, "x".repeat(1000));
				while (true) {
					this.slot.send(progress);
				}
			}
			case "items-of-no-stream", "items-of-no-length" -> this.slot.send(new Items(task, NULL_VALUE));
			case "items-without-end" -> {
				byte[] items = new byte[Integer.BYTES + 20_000];
				ByteBuffer.wrap(items).putInt(20_000);
				while (true) {
					this.slot.send(new Items(task, Payload.of(items)));
				}
			}
			case "names-a-file" -> this.slot.send(new Completed(task, foreign()));
			case "late-answer" -> {
				this.slot.send(new Completed(task, NULL_VALUE));
				this.slot.receive(MAX_BYTES);
				this.slot.send(new Completed(task, NULL_VALUE));
			}
			case "chatters" -> {
				Message ready = new Ready();
				while (true) {
					this.control.send(ready);
					Thread.sleep(1);
				}
			}
			case "ready-twice" -> {
				this.control.send(new Ready());
				this.slot.send(new Completed(task, NULL_VALUE));
				this.control.send(new Ready());
				long next = ((Execute) this.slot.receive(MAX_BYTES)).task();
				this.slot.send(new Completed(next, NULL_VALUE));
			}
			default -> throw new IllegalArgumentException(fault + " of " + this.identity);
		}
	}

	// A stream whose content is a file of the service.
	private Payload foreign() {
		PayloadReference named = new PayloadReference(InputStream.class.getName(), false, "/etc/hostname", -1,
				Map.of());
		return new TaskCodec(new JdkPayloadCodec(), this.identity.executor(), PayloadLimits.ofBytes(MAX_BYTES))
			.encodeResult(named);
	}

	private void write(byte[] bytes) throws IOException {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		while (buffer.hasRemaining()) {
			this.raw.write(buffer);
		}
	}

	private static byte[] head(int magic, int version, int type, int length, long task) {
		return ByteBuffer.allocate(Frame.HEADER_BYTES)
			.putShort((short) magic)
			.put((byte) version)
			.put((byte) type)
			.putInt(length)
			.putLong(task)
			.array();
	}

}
