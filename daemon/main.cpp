#include <cstdio>
int main() {
  std::puts("baosong");
  return 0;
}
