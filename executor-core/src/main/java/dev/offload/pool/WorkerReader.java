package dev.offload.pool;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.process.ResidentMemory;
import dev.offload.protocol.Frame;
import dev.offload.protocol.Message;
import dev.offload.protocol.Message.Heartbeat;
import dev.offload.protocol.Message.Hello;
import dev.offload.protocol.Message.Ready;
import dev.offload.protocol.Message.StartFailed;
import dev.offload.protocol.Message.ThreadDump;
import dev.offload.protocol.ProtocolException;
import dev.offload.transport.Connection;

/**
 * Reads what the workers of a pool say, each connection on its own thread.
 */
final class WorkerReader implements WorkerConnections.Reader {

	private static final Logger logger = LoggerFactory.getLogger(WorkerReader.class);

	private final PoolCore core;

	private final WorkerStarter starter;

	private final WorkerLife life;

	private final PoolCodec codec;

	private final TaskResults results;

	private final Executor background;

	private final LogReplay logs;

	WorkerReader(PoolCore core, WorkerStarter starter, WorkerLife life, PoolCodec codec, Executor background) {
		this.core = core;
		this.starter = starter;
		this.life = life;
		this.codec = codec;
		this.results = new TaskResults(codec, starter.spool());
		this.background = background;
		this.logs = starter.logReplay();
	}

	// The worker that names itself, if it is one of ours.
	@Nullable Worker find(Hello hello) {
		for (Worker worker : this.core.table().all()) {
			if (worker.admission().admit(hello)) {
				return worker;
			}
		}
		return null;
	}

	@Override
	public void read(Connection connection, Worker worker, Hello hello) {
		try {
			switch (hello.connection()) {
				case 0 -> readControl(connection, worker, hello);
				case Hello.LOG -> readLog(connection, worker);
				default -> readSlot(connection, worker, hello);
			}
		}
		catch (RuntimeException | Error ex) {
			// nobody reads it any more: its task would wait for ever
			this.life.connectionLost(worker, new IOException("Reading failed", ex));
			throw ex;
		}
	}

	private void readSlot(Connection connection, Worker worker, Hello hello) {
		try {
			this.starter.lanes().open(connection, worker, hello);
		}
		catch (IOException ex) {
			this.life.connectionLost(worker, ex);
			return;
		}
		ProcessSlot slot = new ProcessSlot(worker, hello.connection(), connection, this.core.services().slots(),
				this.life, this.results);
		worker.slots().add(slot);
		// Its end may have closed the others a moment ago.
		if (worker.phase() == Worker.Phase.ENDED) {
			slot.close();
		}
		readyIfComplete(worker);
		slot.readAnswers(this.core.spec().maxPayloadBytes() + Frame.SLACK_BYTES);
	}

	// To the end, also when the worker has died: what it logged last tells why.
	private void readLog(Connection connection, Worker worker) {
		LogConnection log = new LogConnection(connection);
		worker.log().begun(log);
		try {
			while (true) {
				this.logs.replay(worker, log.next());
			}
		}
		catch (ProtocolException ex) {
			this.life.connectionLost(worker, ex);
		}
		catch (IOException ex) {
			logger.debug("{} logs nothing any more", worker, ex);
		}
		finally {
			log.ended();
			worker.log().ended();
		}
	}

	// Its first tasks are written then, which must not keep a reader from reading.
	private void readyIfComplete(Worker worker) {
		try {
			this.background.execute(() -> this.life.readyIfComplete(worker));
		}
		catch (RejectedExecutionException ex) {
			logger.debug("{} is ready too late, for its executor closes", worker, ex);
		}
	}

	private void readControl(Connection connection, Worker worker, Hello hello) {
		worker.control().connected(connection);
		worker.process().told(hello.pid());
		if (!worker.process().hasClassesOf(hello)) {
			worker.startFailed(this.core.failures().otherClasses(worker, hello.fingerprint()));
			worker.kill(EndReason.START_FAILED);
			return;
		}
		try {
			connection.send(this.starter.configuration(worker, this.core.services().ids().get()));
			while (true) {
				controlled(worker, connection.receive(this.core.spec().maxPayloadBytes() + Frame.SLACK_BYTES));
			}
		}
		catch (IOException ex) {
			this.life.connectionLost(worker, ex);
		}
		catch (RuntimeException ex) {
			worker.startFailed(ex);
			worker.kill(EndReason.START_FAILED);
		}
	}

	private void controlled(Worker worker, Message message) throws ProtocolException {
		if (message instanceof Heartbeat heartbeat) {
			worker.vitals().beat(heartbeat, ResidentMemory.of(worker.pid()).orElse(-1));
		}
		else if (message instanceof ThreadDump dump) {
			worker.dumps().came(dump);
		}
		else if (message instanceof Ready) {
			worker.toldReady();
			readyIfComplete(worker);
		}
		else if (message instanceof StartFailed failed) {
			worker.startFailed(this.codec.startFailure(failed.failure()));
		}
		else {
			throw new ProtocolException("A worker does not say " + message.getClass().getSimpleName());
		}
	}

}
