package dev.offload.worker;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import dev.offload.protocol.Message;
import dev.offload.protocol.Message.Execute;
import dev.offload.protocol.ProtocolException;
import dev.offload.spi.InterruptGuard;
import dev.offload.transport.Connection;

/**
 * One slot: reads a task, runs it, writes the answer, on one thread.
 */
final class TaskLoop implements Runnable {

	private final Connection connection;

	private final TaskRunner runner;

	private final RunningTasks running;

	private final long maxBytes;

	private final DefinedMethods methods = new DefinedMethods();

	TaskLoop(Connection connection, TaskRunner runner, RunningTasks running, long maxBytes) {
		this.connection = connection;
		this.runner = runner;
		this.running = running;
		this.maxBytes = maxBytes;
	}

	@Override
	public void run() {
		try {
			while (true) {
				if (!(this.connection.receive(this.maxBytes) instanceof Execute execute)) {
					throw new ProtocolException("A slot was sent something else than a task");
				}
				this.connection.send(answer(execute, this.methods.find(execute.method())));
			}
		}
		catch (IOException ex) {
			LostConnection.end(ex);
		}
		catch (Throwable ex) {
			ex.printStackTrace();
			LostConnection.end(ex);
		}
	}

	private Message answer(Execute execute, @Nullable CalledMethod method) {
		InterruptGuard guard = this.running.begin(execute.task());
		try {
			return this.runner.run(execute, method, guard);
		}
		finally {
			this.running.end(execute.task());
			// whoever set it: an interrupt ends with its task
			Thread.interrupted();
		}
	}

}
