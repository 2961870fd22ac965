package dev.avocet.net.tensorrt;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that run on {@link HostDriver}, in the build's execution {@code host-cuda} only. */
@Tag("host-cuda")
@ExtendWith(HostDriver.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface HostCuda {}
