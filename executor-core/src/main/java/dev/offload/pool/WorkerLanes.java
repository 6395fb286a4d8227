package dev.offload.pool;

import java.io.IOException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.ExecutorSpec;
import dev.offload.WorkerTransport;
import dev.offload.protocol.Message.Hello;
import dev.offload.protocol.ProtocolException;
import dev.offload.transport.Connection;
import dev.offload.transport.NamedPipes;

/**
 * Gives the slots of workers more than their sockets: pipes and shared memory.
 */
final class WorkerLanes {

	private static final Logger logger = LoggerFactory.getLogger(WorkerLanes.class);

	private final boolean used;

	private final int slots;

	private final MemoryDirectory memory = new MemoryDirectory();

	// Elsewhere pipes and files behave in other ways, which nobody has tried.
	WorkerLanes(ExecutorSpec spec) {
		this.used = spec.worker().transport() == WorkerTransport.AUTO && "Linux".equals(System.getProperty("os.name"));
		this.slots = spec.threadsPerWorker();
	}

	// Makes the pipes of a worker whose process has been started, which needs them later
	// than they are made.
	void makePipes(Worker worker) {
		if (this.used) {
			worker.pipes(NamedPipes.make(worker.directory(), this.slots));
		}
	}

	void close() {
		this.memory.close();
	}

	// Opens the lanes of a slot that has named itself.
	void open(Connection connection, Worker worker, Hello hello) throws IOException {
		NamedPipes pipes = worker.pipes();
		if (hello.pipes()) {
			if (pipes == null) {
				throw new ProtocolException("A worker has opened pipes that it was not given");
			}
			connection.usePipes(pipes.take(hello.connection()));
		}
		else if (pipes != null) {
			logger.debug("{} cannot open its pipes, so that sockets carry all", worker);
		}
		if (this.used) {
			connection.offerMemory(() -> this.memory.file(worker, hello.connection()));
		}
	}

}
