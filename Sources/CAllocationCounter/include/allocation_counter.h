#pragma once

/// Blocks of heap memory that the process has asked for so far; −1 where nobody counts.
long allocationCount(void);
