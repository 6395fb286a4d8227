package dev.offload.launched;

import java.lang.reflect.Method;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

import dev.offload.ExecutorSpec;
import dev.offload.Invocation;
import dev.offload.OffloadExecutor;
import dev.offload.TaskOptions;
import dev.offload.WorkerContext;
import dev.offload.WorkerSpec;
import dev.offload.pool.ProcessExecutorFactory;
import dev.offload.spi.WorkerSetupProvider;

/**
 * Has a bean of a worker greet somebody, prints the greeting, and ends.
 */
@SpringBootApplication
public class LaunchedApplication {

	public static void main(String[] arguments) throws Throwable {
		try (ConfigurableApplicationContext context = SpringApplication.run(LaunchedApplication.class, arguments);
				OffloadExecutor executor = executor(context)) {
			Method greet = Greeter.class.getDeclaredMethod("greet", Name.class);
			Invocation invocation = Invocation.onBean("greeter", greet, new Name("world"));
			System.out.println(executor.call(invocation, TaskOptions.DEFAULTS));
			System.out.println("Service " + ProcessHandle.current().pid());
		}
	}

	private static OffloadExecutor executor(ConfigurableApplicationContext context) {
		WorkerSpec worker = WorkerSpec.builder().context(WorkerContext.APPLICATION).build();
		return ProcessExecutorFactory.builder()
			.setupProvider(context.getBean(WorkerSetupProvider.class))
			.build()
			.create(ExecutorSpec.builder("greet").maxWorkers(1).worker(worker).build());
	}

}
