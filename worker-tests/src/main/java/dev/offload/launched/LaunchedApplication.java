package dev.offload.launched;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Has the greeter of a worker greet somebody, prints the greeting, and ends.
 */
@SpringBootApplication
public class LaunchedApplication {

	public static void main(String[] arguments) {
		try (ConfigurableApplicationContext context = SpringApplication.run(LaunchedApplication.class, arguments)) {
			System.out.println(context.getBean(Greeter.class).greet(new Name("world")));
			System.out.println("Service " + ProcessHandle.current().pid());
		}
	}

}
