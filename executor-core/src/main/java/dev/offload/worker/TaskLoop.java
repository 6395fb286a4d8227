package dev.offload.worker;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

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

	/** Guards {@link #taskRuns}, {@link #writes} and {@link #interrupted}. */
	private final ReentrantLock interrupts = new ReentrantLock();

	private boolean taskRuns;

	/** Guarded by {@link #interrupts}: an interrupt has to wait. */
	private boolean writes;

	/** Guarded by {@link #interrupts}: one waits. */
	private boolean interrupted;

	private final SlotTools tools;

	TaskLoop(String name, Connection connection, TaskRunner runner, SlotTools tools, long maxBytes) {
		super(name);
		this.connection = connection;
		this.runner = runner;
		this.tools = tools;
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
		ItemSender items = execute.attempt().streamed() ? new ItemSender(execute.task(), this.progress, this::sendAmong)
				: null;
		Message answer = answer(execute, new TaskRunner.Call(method, items), guard, self);
		// The service does not expect it of a task that has ended.
		Message last = self.end();
		if (last != null) {
			this.connection.send(last);
		}
		this.connection.send(answer);
	}

	private Message answer(Execute execute, TaskRunner.Call call, InterruptGuard guard, WorkerTaskContext self) {
		ItemSender items = call.items();
		if (items != null) {
			this.tools.streams().opened(execute.task(), items);
		}
		taskRuns(true);
		CurrentTask.set(self);
		try {
			return this.runner.run(execute, call, guard);
		}
		finally {
			CurrentTask.set(null);
			this.running.end(execute.task());
			taskRuns(false);
			if (items != null) {
				items.close();
				this.tools.streams().closed(execute.task());
			}
		}
	}

	// For the task's own thread: an interrupt would close the channel, so that it waits.
	private void sendAmong(Message message) throws IOException {
		writes(true);
		try {
			this.connection.send(message);
		}
		finally {
			writes(false);
		}
	}

	private void writes(boolean value) {
		this.interrupts.lock();
		try {
			this.writes = value;
			if (value) {
				this.interrupted = Thread.interrupted();
			}
			else if (this.interrupted) {
				super.interrupt();
			}
		}
		finally {
			this.interrupts.unlock();
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
			if (this.taskRuns && this.writes) {
				this.interrupted = true;
			}
			else if (this.taskRuns) {
				super.interrupt();
			}
		}
		finally {
			this.interrupts.unlock();
		}
	}

}
