package dev.offload.worker;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.offload.OffloadException;
import dev.offload.codec.JdkPayloadCodec;
import dev.offload.codec.PayloadScopes;
import dev.offload.codec.TaskCodec;
import dev.offload.protocol.Frame;
import dev.offload.protocol.Message;
import dev.offload.protocol.Message.Cancel;
import dev.offload.protocol.Message.Configure;
import dev.offload.protocol.Message.Ready;
import dev.offload.protocol.Message.Shutdown;
import dev.offload.protocol.Message.StartFailed;
import dev.offload.protocol.Message.TakeDump;
import dev.offload.protocol.Message.Taken;
import dev.offload.protocol.ProtocolException;
import dev.offload.spi.ContextCarrier;
import dev.offload.spi.ContextCarriers;
import dev.offload.spi.MdcContextCarrier;
import dev.offload.spi.PayloadCodec;
import dev.offload.spi.PayloadLimits;
import dev.offload.spi.TargetResolver;
import dev.offload.spi.WorkerEnvironment;
import dev.offload.spi.WorkerInitializer;
import dev.offload.spool.StreamedTypes;
import dev.offload.spool.WorkerSpool;
import dev.offload.transport.Connection;

/**
 * The life of a worker: connect, be configured, prepare, run tasks, end. Its own thread
 * is the control loop.
 */
final class WorkerRuntime {

	/** Exit code after a failed start; the failure itself went over the connection. */
	private static final int START_FAILED = 70;

	private static final int MAX_CONTROL_BYTES = 64 * 1024 * 1024;

	private final WorkerIdentity identity;

	private final Preloading preloading;

	private final RunningTasks running = new RunningTasks();

	private final OpenStreams streams = new OpenStreams();

	/** Owned by the control thread. */
	private ForwardedLog log = ForwardedLog.NONE;

	WorkerRuntime(WorkerIdentity identity, Preloading preloading) {
		this.identity = identity;
		this.preloading = preloading;
	}

	void run() {
		Thread.currentThread().setName(this.identity.executor() + "-control");
		try {
			Connection control = this.identity.connect(0);
			TargetResolver resolver = prepare(control);
			controlLoop(control, resolver);
		}
		catch (IOException ex) {
			// A service that is gone shows as end-of-file, or as a reset if it has left
			// something unread.
			LostConnection.end(ex);
		}
		catch (Throwable ex) {
			ex.printStackTrace();
			Runtime.getRuntime().halt(START_FAILED);
		}
	}

	private TargetResolver prepare(Connection control) throws IOException {
		if (!(control.receive(MAX_CONTROL_BYTES) instanceof Configure configure)) {
			throw new ProtocolException("The first message to a worker is not its configuration");
		}
		Heartbeats.start(control, this.identity.executor(), configure.heartbeatMillis());
		PayloadLimits limits = PayloadLimits.ofBytes(configure.maxPayloadBytes());
		TaskCodec failures = new TaskCodec(new JdkPayloadCodec(), this.identity.executor(), limits);
		try {
			// While one thread has SLF4J look for its library, others are told of none.
			this.preloading.awaitEnd();
			this.log = ForwardedLog.start(this.identity);
			TaskCodec codec = new TaskCodec(newInstance(configure.codec(), PayloadCodec.class),
					this.identity.executor(), limits);
			TargetResolver resolver = startResolver(configure);
			TaskRunner runner = new TaskRunner(codec,
					new PayloadScopes(configure.applicationPackages(), configure.allowedTypes(), limits), resolver,
					carriers(resolver), spool(configure, resolver));
			runner.warmUp();
			SlotTools tools = new SlotTools(this.running, new ProgressSender(this.identity.executor()), this.streams,
					configure.ids());
			for (int slot = 1; slot <= configure.slots(); slot++) {
				TaskLoop loop = new TaskLoop(this.identity.executor() + "-task-" + slot,
						this.identity.connectSlot(slot, configure.pipes()), runner, tools,
						configure.maxPayloadBytes() + Frame.SLACK_BYTES);
				loop.setDaemon(true);
				loop.start();
			}
			control.send(new Ready());
			return resolver;
		}
		catch (Throwable ex) {
			this.log.flush();
			control.send(new StartFailed(failures.encodeFailure(ex)));
			Runtime.getRuntime().halt(START_FAILED);
			throw new IllegalStateException("halted", ex);
		}
	}

	private WorkerSpool spool(Configure configure, TargetResolver resolver) {
		Path directory = Path.of(configure.spool());
		return new WorkerSpool(this.identity.executor(), StreamedTypes.found(resolver.classLoader()), () -> directory,
				configure.maxSpoolBytes());
	}

	private TargetResolver startResolver(Configure configure) throws Exception {
		WorkerEnvironment environment = new WorkerEnvironment(this.identity.executor(), this.identity.number(),
				configure.initializerArguments(), configure.settings());
		TargetResolver resolver = newInstance(configure.resolver(), TargetResolver.class);
		resolver.start(environment);
		Thread.currentThread().setContextClassLoader(resolver.classLoader());
		for (WorkerInitializer initializer : initializers(resolver, configure.initializer())) {
			initializer.initialize(environment);
		}
		return resolver;
	}

	private List<WorkerInitializer> initializers(TargetResolver resolver, @Nullable String name) throws Exception {
		try {
			return resolver.initializers((name != null) ? find(name).asSubclass(WorkerInitializer.class) : null);
		}
		catch (ReflectiveOperationException | ClassCastException ex) {
			throw cannotMake(String.valueOf(name), WorkerInitializer.class, ex);
		}
	}

	// Values of the MDC are restored everywhere: that they travel was the choice of the
	// service.
	private static ContextCarriers carriers(TargetResolver resolver) {
		List<ContextCarrier> carriers = new ArrayList<>(resolver.contextCarriers());
		for (ContextCarrier carrier : carriers) {
			if (carrier.name().equals(MdcContextCarrier.NAME)) {
				return ContextCarriers.of(carriers);
			}
		}
		carriers.add(0, new MdcContextCarrier());
		return ContextCarriers.of(carriers);
	}

	private <T> T newInstance(String name, Class<T> type) {
		try {
			Constructor<?> constructor = find(name).getDeclaredConstructor();
			constructor.setAccessible(true);
			return type.cast(constructor.newInstance());
		}
		catch (ReflectiveOperationException | ClassCastException ex) {
			throw cannotMake(name, type, ex);
		}
	}

	private static Class<?> find(String name) throws ClassNotFoundException {
		return Class.forName(name, true, Thread.currentThread().getContextClassLoader());
	}

	private OffloadException cannotMake(String name, Class<?> type, Exception cause) {
		return new OffloadException(this.identity.executor(),
				"Executor '" + this.identity.executor() + "': cannot make the " + type.getSimpleName() + " " + name
						+ " in the worker; it must be on the class path and have a no-argument constructor",
				cause);
	}

	private void controlLoop(Connection control, TargetResolver resolver) throws IOException {
		ThreadDumper dumper = new ThreadDumper(control, this.identity.executor(), this.running);
		while (true) {
			Message message = control.receive(MAX_CONTROL_BYTES);
			if (message instanceof Cancel cancel) {
				this.running.interrupt(cancel.task());
			}
			else if (message instanceof Taken taken) {
				this.streams.taken(taken.task(), taken.bytes());
			}
			else if (message instanceof TakeDump dump) {
				dumper.start(dump.task());
			}
			else if (message instanceof Shutdown) {
				shutDown(resolver);
			}
		}
	}

	private void shutDown(TargetResolver resolver) {
		try {
			if (resolver instanceof AutoCloseable closeable) {
				closeable.close();
			}
		}
		catch (Exception ex) {
			System.err.println("What this worker held could not be released: " + ex);
		}
		this.log.flush();
		Runtime.getRuntime().halt(0);
	}

}
