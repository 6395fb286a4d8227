package dev.offload.worker;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.offload.CurrentTask;
import dev.offload.protocol.Message;
import dev.offload.protocol.Message.Execute;
import dev.offload.protocol.ProtocolException;
import dev.offload.spi.InterruptGuard;
import dev.offload.transport.Connection;

/**
 * One slot: reads a task, runs it, writes the answer, on one thread.
 */
final class TaskLoop extends Thread {

	private final Connection connection;

	private final TaskRunner runner;

	private final RunningTasks running;

	private final ProgressSender.Target progress;

	private final long maxBytes;

	private final DefinedMethods methods = new DefinedMethods();

	/** Guards {@link #taskRuns}. */
	private final ReentrantLock interrupts = new ReentrantLock();

	private boolean taskRuns;

	TaskLoop(String name, Connection connection, TaskRunner runner, SlotTools tools, long maxBytes) {
		super(name);
		this.connection = connection;
		this.runner = runner;
		this.running = tools.running();
		this.progress = new ProgressSender.Target(tools.progress(), connection, tools.ids());
		this.maxBytes = maxBytes;
	}

	@Override
	public void run() {
		try {
			this.connection.waitInChannel();
			while (true) {
				if (!(this.connection.receive(this.maxBytes) instanceof Execute execute)) {
					throw new ProtocolException("A slot was sent something else than a task");
				}
				run(execute);
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

	private void run(Execute execute) throws IOException {
		CalledMethod method = this.methods.find(execute.method());
		InterruptGuard guard = this.running.begin(execute.task());
		WorkerTaskContext self = new WorkerTaskContext(execute, guard, this.progress);
		Message answer = answer(execute, method, guard, self);
		// The service does not expect it of a task that has ended.
		Message last = self.end();
		if (last != null) {
			this.connection.send(last);
		}
		this.connection.send(answer);
	}

	private Message answer(Execute execute, @Nullable CalledMethod method, InterruptGuard guard,
			WorkerTaskContext self) {
		taskRuns(true);
		CurrentTask.set(self);
		try {
			return this.runner.run(execute, method, guard);
		}
		finally {
			CurrentTask.set(null);
			this.running.end(execute.task());
			taskRuns(false);
		}
	}

	private void taskRuns(boolean value) {
		this.interrupts.lock();
		try {
			this.taskRuns = value;
			// whoever set it: an interrupt ends with its task
			Thread.interrupted();
		}
		finally {
			this.interrupts.unlock();
		}
	}

	/**
	 * Interrupts this thread while it runs a task, and does nothing else: it waits for
	 * the next one in the channel, which an interrupt would close. What a task has left
	 * behind may call this at any time.
	 */
	@Override
	public void interrupt() {
		this.interrupts.lock();
		try {
			if (this.taskRuns) {
				super.interrupt();
			}
		}
		finally {
			this.interrupts.unlock();
		}
	}

}
