package dev.offload.launched;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

import dev.offload.ExecutorRegistry;
import dev.offload.OffloadException;

/**
 * Has the greeter of a worker greet somebody, prints the greeting, and ends. With the
 * system property {@code launched.replace} it replaces that file of its own class path
 * then, ends the worker, and prints what the next one says. With {@code launched.stay} it
 * does not end.
 */
@SpringBootApplication
public class LaunchedApplication {

	public static void main(String[] arguments) throws Exception {
		ConfigurableApplicationContext context = SpringApplication.run(LaunchedApplication.class, arguments);
		try {
			Greeting greeting = context.getBean(Greeter.class).greet(new Name("world"));
			System.out.println(greeting);
			String replaced = System.getProperty("launched.replace");
			if (replaced != null) {
				replace(Path.of(replaced));
				endWorker(context.getBean(ExecutorRegistry.class), greeting.pid());
				greetAgain(context.getBean(Greeter.class));
			}
			System.out.println("Service " + ProcessHandle.current().pid());
		}
		finally {
			if (!Boolean.getBoolean("launched.stay")) {
				context.close();
			}
		}
	}

	private static void greetAgain(Greeter greeter) {
		try {
			System.out.println("Again " + greeter.greet(new Name("world")));
		}
		catch (OffloadException ex) {
			System.out.println("Refused " + ex.getMessage());
		}
	}

	private static void replace(Path file) throws IOException {
		Path other = Files.copy(file, file.resolveSibling("other"), StandardCopyOption.REPLACE_EXISTING);
		Files.write(other, new byte[7], StandardOpenOption.APPEND);
		Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
	}

	private static void endWorker(ExecutorRegistry registry, long pid) throws InterruptedException {
		ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
		while (registry.require("greet").snapshot().workers().stream().anyMatch((worker) -> worker.pid() == pid)) {
			Thread.sleep(10);
		}
	}

}
