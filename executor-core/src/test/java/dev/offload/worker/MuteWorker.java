package dev.offload.worker;

import java.io.IOException;
import java.nio.file.Path;

import dev.offload.protocol.Message;
import dev.offload.protocol.Message.Ready;
import dev.offload.transport.Connection;

/**
 * A worker that becomes ready, and then heeds nothing that its service says: it computes
 * for ever on the thread of its slot.
 */
public final class MuteWorker {

	private static final int MAX_BYTES = 1024 * 1024;

	private MuteWorker() {
	}

	public static void main(String[] arguments) throws IOException {
		String token = ServiceWatch.start();
		String executor = System.getProperty("offload.worker.executor");
		WorkerIdentity identity = new WorkerIdentity(executor, 1, token,
				Path.of(System.getProperty("offload.worker.socket")), OwnClasses.fingerprint());
		Connection control = identity.connect(0);
		Message configuration = control.receive(MAX_BYTES);
		Connection slot = identity.connect(1);
		Thread thread = new Thread(() -> takeTask(slot), executor + "-task-1");
		thread.start();
		control.send(new Ready());
		while (configuration != null) {
			Message ignored = control.receive(MAX_BYTES);
			System.out.println("Ignored: " + ignored);
		}
	}

	private static void takeTask(Connection slot) {
		try {
			System.out.println("Took: " + slot.receive(MAX_BYTES));
			computeForEver();
		}
		catch (IOException ex) {
			System.out.println("Lost: " + ex);
		}
	}

	private static void computeForEver() {
		while (!Thread.currentThread().isInterrupted()) {
			Thread.onSpinWait();
		}
	}

}
