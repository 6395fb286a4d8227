package dev.offload.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

import dev.offload.protocol.Message;
import dev.offload.protocol.Message.ByMemory;
import dev.offload.protocol.Message.Completed;
import dev.offload.protocol.Message.Configure;
import dev.offload.protocol.Message.Execute;
import dev.offload.protocol.Message.Hello;
import dev.offload.protocol.Message.Nudge;
import dev.offload.protocol.Message.Progress;
import dev.offload.protocol.Message.Ready;
import dev.offload.protocol.Message.Share;
import dev.offload.protocol.Message.Shared;
import dev.offload.transport.Connection;
import dev.offload.transport.WorkerEndpoint;

/**
 * A worker that uses its pipes and the shared memory wrongly. The property
 * {@code test.faults} has one fault for each worker of the executor, by its number; each
 * comes with the first task unless it is one of the start.
 */
public final class HostileLaneWorker {

	private static final int MAX_BYTES = 64 * 1024 * 1024;

	private final HostileLanes lanes;

	private HostileLaneWorker(HostileLanes lanes) {
		this.lanes = lanes;
	}

	public static void main(String[] arguments) throws Exception {
		String token = ServiceWatch.start();
		int number = Integer.getInteger("offload.worker.number");
		String fault = System.getProperty("test.faults").split(",", -1)[number - 1];
		WorkerIdentity identity = new WorkerIdentity(System.getProperty("offload.worker.executor"), number, token,
				Path.of(System.getProperty("offload.worker.socket")), OwnClasses.fingerprint());
		Connection control = identity.connect(0);
		Configure configuration = (Configure) control.receive(MAX_BYTES);
		if (fault.startsWith("slot-")) {
			// says that it has opened the pipes of a slot that it has not
			int slot = Integer.parseInt(fault.substring("slot-".length()));
			Connection made = WorkerEndpoint.connect(identity.socket());
			made.send(new Hello(token, slot, ProcessHandle.current().pid(), identity.fingerprint(), true));
			control.send(new Ready());
		}
		else {
			HostileLanes lanes = new HostileLanes(identity, Path.of(configuration.pipes()));
			control.send(new Ready());
			new HostileLaneWorker(lanes).serve(fault);
		}
		Thread.sleep(Long.MAX_VALUE);
	}

	private void serve(String fault) throws Exception {
		if (fault.equals("reads-no-task")) {
			return;
		}
		long task = this.lanes.nextTask();
		byte[] answer = HostileLanes.frame(new Completed(task, HostileLanes.NULL_VALUE));
		switch (fault) {
			case "garbage" -> this.lanes.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			case "negative-length" -> this.lanes.write(withLength(answer, -1));
			case "length-over-limit" -> this.lanes.write(withLength(answer, Integer.MAX_VALUE));
			case "other-task" -> this.lanes.send(new Completed(task + 1, HostileLanes.NULL_VALUE));
			case "not-an-answer" -> this.lanes.send(new Execute(task, HostileLanes.NULL_VALUE));
			case "names-a-file" -> this.lanes.send(new Share("/etc/hostname"));
			case "shared-again" -> this.lanes.send(new Shared(true));
			case "memory-that-is-not-there" -> this.lanes.send(new ByMemory(0));
			case "progress-of-no-task" -> flood(new Progress(task + 1, 1, 2, null));
			case "nudges" -> flood(new Nudge());
			case "half-of-a-head" -> this.lanes.write(Arrays.copyOf(answer, 7));
			case "half-of-a-head-and-end" -> {
				this.lanes.write(Arrays.copyOf(answer, 7));
				Runtime.getRuntime().halt(11);
			}
			case "half-of-an-answer" -> this.lanes.write(Arrays.copyOf(answer, answer.length - 1));
			case "half-of-an-answer-and-end" -> {
				this.lanes.write(Arrays.copyOf(answer, answer.length - 1));
				Runtime.getRuntime().halt(11);
			}
			case "closes-its-pipes" -> this.lanes.close();
			default -> serveInMemory(fault, task);
		}
	}

	private void flood(Message message) throws IOException {
		byte[] frame = HostileLanes.frame(message);
		while (true) {
			this.lanes.write(frame);
		}
	}

	private static byte[] withLength(byte[] frame, int length) {
		byte[] changed = frame.clone();
		ByteBuffer.wrap(changed).putInt(4, length);
		return changed;
	}

	private void serveInMemory(String fault, long task) throws Exception {
		switch (fault) {
			case "place-after-the-end" -> this.lanes.send(new ByMemory(HostileLanes.RING_BYTES));
			case "place-before-the-beginning" -> this.lanes.send(new ByMemory(-1));
			case "garbage-in-memory" -> {
				this.lanes.put("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
				this.lanes.putNumber(HostileLanes.WRITTEN, 28);
				this.lanes.send(new ByMemory(0));
			}
			case "written-below-zero" -> claim(HostileLanes.WRITTEN, -1);
			case "written-over-all" -> claim(HostileLanes.WRITTEN, HostileLanes.RING_BYTES + 1L);
			case "written-taken-back" -> {
				this.lanes.beginLongAnswer(task, 3_000_000, 500_000);
				this.lanes.awaitServiceReads(500_000);
				this.lanes.putNumber(HostileLanes.WRITTEN, 400_000);
			}
			case "read-over-all" -> {
				this.lanes.putNumber(HostileLanes.READ, 1L << 40);
				this.lanes.send(new Completed(task, HostileLanes.NULL_VALUE));
			}
			case "half-in-memory" -> this.lanes.beginLongAnswer(task, 3_000_000, 500_000);
			case "half-in-memory-and-end" -> {
				this.lanes.beginLongAnswer(task, 3_000_000, 500_000);
				Runtime.getRuntime().halt(11);
			}
			case "cuts-all-off-and-answers" -> {
				this.lanes.truncate(0);
				this.lanes.send(new Completed(task, HostileLanes.NULL_VALUE));
			}
			case "cuts-all-off" -> {
				this.lanes.beginLongAnswer(task, 3_000_000, 500_000);
				this.lanes.awaitServiceReads(500_000);
				this.lanes.truncate(0);
			}
			case "cuts-the-answer-off" -> {
				this.lanes.truncate(2 * HostileLanes.PAGE + HostileLanes.RING_BYTES);
				this.lanes.beginLongAnswer(task, 3_000_000, 500_000);
			}
			default -> throw new IllegalArgumentException(fault);
		}
	}

	private void claim(int place, long count) throws IOException {
		this.lanes.putNumber(place, count);
		this.lanes.send(new ByMemory(0));
	}

}
